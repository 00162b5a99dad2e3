/** What a finding is about: its `resource` tells so much of what a reader would put into a command. */
export type ResourceKind = keyof typeof wordsOf

/** The commands of a check, with what the resource of a finding tells put in for the words in capitals. */
export function lookAt(
  { on, look }: { readonly on: ResourceKind; readonly look: readonly string[] },
  resource: string
): string[] {
  const words: Readonly<Record<string, string | undefined>> = wordsOf[on](resource)
  return look.map((command) => command.replaceAll(/\b[A-Z][A-Z0-9_]+\b/g, (word) => words[word] ?? word))
}

/** The ARM id of a vault, in a shell. */
export const vaultIdInShell = '$(az keyvault show --name VAULT --query id --output tsv)'

const wordsOf = {
  tenant: () => ({}),
  slots: () => ({}),
  subscription: (SUB: string) => ({ SUB }),
  person: (UPN: string) => ({ UPN }),
  group: (GROUP_ID: string) => ({ GROUP_ID }),
  application: (APP_ID: string) => ({ APP_ID }),
  mail: () => ({}),
  /** Where it was refused of one subscription. */
  step: (resource: string) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(resource) ? { SUB: resource } : {}),
  vault: (VAULT: string) => ({ VAULT }),
  key: vaultAndKey,
  /** The address of a blob, or vault and key where there is none. */
  backup: (resource: string) => ({ ...vaultAndKey(resource), ...blob(resource) })
} as const

function vaultAndKey(resource: string): { VAULT?: string; KEY?: string } {
  const [, vault, key] = /^([^/:]+)\/([^/]+)$/.exec(resource) ?? []
  return { ...(vault && { VAULT: vault }), ...(key && { KEY: key }) }
}

function blob(resource: string): { STORE?: string; BLOB?: string } {
  const [, store, name] = /^https:\/\/([^./]+)\.[^/]+\/backups\/(.+)$/.exec(resource) ?? []
  return { ...(store && { STORE: store }), ...(name && { BLOB: decodeURIComponent(name) }) }
}
