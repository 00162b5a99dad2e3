import { entriesOf } from '../terms/entries.ts'
import { vaultIdOf, vaultOfId } from '../terms/vault-id.ts'
import { lowerCased, text } from './event-fields.ts'

/** What an event says has changed. A hint: vault and key are looked up among the vaults the app manages. */
export interface KeyEvent {
  /** ARM id of the vault, as the event's topic or source names it, lower case. */
  readonly vaultId: string
  readonly vaultName: string
  /** Absent where the event is about the vault as a whole: then every key in it is looked at. */
  readonly keyName?: string
  /** The minute in which it happened, by Azure's clock: `yyyy-mm-ddThh:mmZ`. All events of one minute share one run. */
  readonly minute: string
}

/** What an event of Key Vault is about: one key, or the vault as a whole. */
type Subject = 'key' | 'vault'

/**
 * Every type of event that the app asks Event Grid for and reads, as Event Grid spells it behind `Microsoft.KeyVault.`: the
 * one list. Subscriptions, their check and what is read of an event are made of it.
 */
const subjects = {
  KeyNewVersionCreated: 'key',
  KeyNearExpiry: 'key',
  KeyExpired: 'key',
  VaultAccessPolicyChanged: 'vault'
} as const satisfies Readonly<Record<string, Subject>>

const types = entriesOf(subjects).map(([type, subject]) => ({ type: `Microsoft.KeyVault.${type}`, subject }))

/** What Event Grid is asked for. */
export const keyEventTypes: readonly string[] = types.map(({ type }) => type)

const subjectOf: ReadonlyMap<string, Subject> = new Map(types.map(({ type, subject }) => [type.toLowerCase(), subject]))

/** What an event's data says of its subject; undefined where it says nothing that can be used. */
const aboutOf: Readonly<
  Record<Subject, (data: ReadonlyMap<string, unknown>) => Pick<KeyEvent, 'keyName'> | undefined>
> = {
  vault: () => ({}),
  key(data) {
    const name = text(data, 'objectname').toLowerCase()
    return keyName.test(name) ? { keyName: name } : undefined
  }
}

const keyName = /^[0-9a-z-]{1,127}$/
const moment = /^(\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d(\.\d{1,9})?(Z|\+00:00)$/

/**
 * Reads an event in the Event Grid schema or as CloudEvents 1.0; property names in any case, stray blanks as in
 * Microsoft's own sample. Names come back in lower case, as Key Vault compares them. Dates of the key, version and
 * addresses in it are not even read. Undefined: not such an event, or one whose parts do not agree with each other.
 */
export function parseKeyEvent(event: unknown): KeyEvent | undefined {
  const outer = lowerCased(event)
  const data = lowerCased(outer.get('data'))
  const subject = subjectOf.get(text(outer, 'eventtype', 'type').toLowerCase())
  const vault = vaultOfId(text(outer, 'topic', 'source'))
  const minute = moment.exec(text(outer, 'eventtime', 'time'))?.[1]
  if (subject === undefined || vault === undefined || minute === undefined || !isMoment(minute)) return undefined
  const vaultName = vault.vaultName.toLowerCase()
  if (vaultName !== text(data, 'vaultname').toLowerCase()) return undefined
  const about = aboutOf[subject](data)
  return about && { vaultId: vaultIdOf(vault), vaultName, minute: `${minute}Z`, ...about }
}

/** What tells the one run of an event's vault, key and minute from all others; to be hashed. */
export const keyEventIdentity = ({ vaultId: id, keyName: key = '', minute }: KeyEvent): string =>
  [id, key, minute].join('\n')

const isMoment = (minute: string): boolean => !Number.isNaN(Date.parse(`${minute}Z`))
