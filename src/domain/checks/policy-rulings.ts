import { bearingOn, type Bearing, type Circumstances } from '../governance/bearing.ts'
import type { PlannedWrite } from '../governance/planned-write.ts'
import { effectOn } from '../governance/selectors.ts'
import type { AssignedPolicy } from '../resources/assigned-policy.ts'

/** What one policy has against the plan. */
export interface Ruling {
  readonly policy: AssignedPolicy
  readonly bearing: Exclude<Bearing, 'passes'>
  /** What it bears on so. */
  readonly writes: readonly PlannedWrite[]
  readonly topic: Topic
}

/** What about the plan it minds. */
export type Topic = 'expiry' | 'location' | 'sku' | 'tags' | 'other'

export interface RulingsExpected {
  /** All that the plan makes there. */
  readonly writes: readonly PlannedWrite[]
  /** ISO 8601 UTC */
  readonly now: string
}

/** Every policy that refuses, changes or may do so, and each that audits keys which never expire. */
export const rulingsOn = (policies: readonly AssignedPolicy[], expected: RulingsExpected): Ruling[] =>
  policies.flatMap((policy) => ruling(policy, expected) ?? [])

/** Whether the plan cannot be carried out under it. */
export const isSure = ({ bearing, writes }: Ruling): boolean =>
  bearing === 'refuses' && writes.some(({ isNeeded }) => isNeeded)

function ruling(policy: AssignedPolicy, { writes, now }: RulingsExpected): Ruling | undefined {
  const seen = writes.map((write) => ({ write, bearing: bearingOf(policy, write, { now }) }))
  const bearing = worstFirst.find((each) => seen.some((one) => one.bearing === each))
  if (bearing === undefined) return undefined
  const borne = seen.filter((each) => each.bearing === bearing).map(({ write }) => write)
  const topic = isOfExpiry(policy) ? 'expiry' : topicOf(policy, borne, now)
  return bearing === 'audits' && topic !== 'expiry' ? undefined : { policy, bearing, writes: borne, topic }
}

const worstFirst = ['refuses', 'rewrites', 'unsure', 'audits'] as const

/** Azure's own of a maximum age let a key be made, and are broken by every key that is kept. */
function bearingOf(policy: AssignedPolicy, write: PlannedWrite, circumstances: Circumstances): Bearing {
  if (!(policy.definition in expiryDefinitions) || !isKey(write)) return bearingOn(policy, write, circumstances)
  const always = { ...policy, condition: { field: 'type', equals: write.type }, mode: 'Microsoft.KeyVault.Data' }
  return effectOn(policy, write) === 'audit' ? 'audits' : bearingOn(always, write, circumstances)
}

const isKey = ({ type }: PlannedWrite): boolean => /\/keys$/i.test(type)

/** Azure's own definitions, and what they want: https://learn.microsoft.com/azure/key-vault/general/azure-policy */
export const expiryDefinitions: Readonly<Record<string, string>> = {
  '152b15f7-8e1f-4c1f-ab71-8c010ba5dbc0': 'Keys with an expiration date',
  '49a22571-d204-4c91-a7b6-09b1a586fbc9': 'Keys that are valid for so long at most',
  'c26e4b24-cf98-4c67-b48b-5a25c4c69eb9': 'Keys of a certain age at most'
}

/** Azure's own, and whatever else looks at the expiration date of keys: people copy them under names of their own. */
const isOfExpiry = (policy: AssignedPolicy): boolean =>
  policy.definition in expiryDefinitions || mentions(policy, /keyvault\.data\/vaults\/keys\/attributes\.expireson/i)

const mentions = ({ condition }: AssignedPolicy, what: RegExp): boolean => what.test(JSON.stringify(condition ?? ''))

/** What decides: without knowing it, nobody could tell. */
function topicOf(policy: AssignedPolicy, [write]: readonly PlannedWrite[], now: string): Topic {
  const decides = (field: RegExp): boolean =>
    write !== undefined && bearingOn(policy, write, { now, hidden: (name) => field.test(name) }) === 'unsure'
  const found = topics.find(({ field }) => mentions(policy, field.mentioned) && decides(field.named))
  return found?.topic ?? 'other'
}

const topics = [
  { topic: 'location', field: { named: /^location$/, mentioned: /"location"/i } },
  { topic: 'sku', field: { named: /^microsoft\.keyvault\/vaults\/sku\b/, mentioned: /vaults\/sku\b/i } },
  { topic: 'tags', field: { named: /^tags\b/, mentioned: /tags/i } }
] as const
