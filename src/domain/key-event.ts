/** What an event says has changed. A hint: vault and key are looked up among the vaults the app manages. */
export interface KeyEvent {
  /** ARM id of the vault, as the event's topic or source names it, lower case. */
  readonly vaultId: string
  readonly vaultName: string
  readonly keyName: string
  readonly version: string
}

const types = new Set(['KeyNewVersionCreated', 'KeyNearExpiry', 'KeyExpired'].map((name) => `microsoft.keyvault.${name}`.toLowerCase()))
const vaultId = /^\/subscriptions\/[0-9a-f-]{36}\/resourcegroups\/[a-z0-9._()-]{1,90}\/providers\/microsoft\.keyvault\/vaults\/([a-z0-9-]{3,24})$/
const keyName = /^[0-9A-Za-z-]{1,127}$/
const version = /^[0-9a-f]{32}$/

/**
 * Reads an Event Grid or CloudEvents 1.0 event; property names in any case, stray blanks as in Microsoft's own sample.
 * Undefined: not a key event, or one whose parts do not agree with each other.
 */
export function parseKeyEvent(event: unknown): KeyEvent | undefined {
  const outer = lowerCased(event)
  const data = lowerCased(outer.get('data'))
  if (!types.has(text(outer, 'eventtype', 'type').toLowerCase())) return undefined
  const id = text(outer, 'topic', 'source').toLowerCase()
  const vaultName = vaultId.exec(id)?.[1]
  const seen = { keyName: text(data, 'objectname'), version: text(data, 'version') }
  if (vaultName === undefined || vaultName !== text(data, 'vaultname').toLowerCase()) return undefined
  if (!keyName.test(seen.keyName) || !version.test(seen.version)) return undefined
  return { vaultId: id, vaultName, ...seen }
}

function lowerCased(value: unknown): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map()
  return new Map(Object.entries(value).map(([name, each]) => [name.trim().toLowerCase(), each]))
}

function text(fields: ReadonlyMap<string, unknown>, ...names: readonly string[]): string {
  const value = names.map((name) => fields.get(name)).find((each) => typeof each === 'string')
  return typeof value === 'string' ? value.trim() : ''
}
