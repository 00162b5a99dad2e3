/**
 * The right that a refusal of Azure names, e.g. `Microsoft.KeyVault/vaults/write on /subscriptions/…`; undefined where
 * it names none. Only names of actions and places are taken out of Azure's words, which may quote more.
 */
export function missingRight(words: string): string | undefined {
  for (const pattern of patterns) {
    const { action, scope } = pattern.exec(words)?.groups ?? {}
    if (action && scope) return `${action} on ${scope}`
  }
  return undefined
}

const patterns = [
  // ARM
  /perform action '(?<action>[\w./*-]+)' over scope '(?<scope>[\w./ ()-]+)'/,
  // Key Vault, by access policy
  /does not have (?<action>keys \w+) permission on key vault '(?<scope>[\w-]+)/,
  // Key Vault, by role
  /Action: '(?<action>[\w./*-]+)'\s+Resource: '(?<scope>[\w./ ()-]+)'/
]
