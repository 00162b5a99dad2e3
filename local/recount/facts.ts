import { unfounded, type Answers } from './cited.ts'
import type { Delivered, Lying } from './delivered.ts'
import type { Needs, When } from './needs.ts'
import { isElsewhere, type Resource } from './resources.ts'
import { sees, type Expected } from './sees.ts'

/** One check of one resource, and what became of it. */
export interface Fact {
  readonly resource: Resource
  readonly check: string
  readonly state: 'held' | 'overridden' | 'broken' | 'unseen'
  readonly record?: Lying
  readonly why?: string
}

export interface Ground {
  readonly delivered: Delivered
  readonly answers: Answers
  readonly resources: readonly Resource[]
}

/** Each check of each resource that such a check is about. */
export function factsOf(need: Needs, ground: Ground): Fact[] {
  const { plan } = ground.delivered
  const [alsoWhen, ...also] = need.also ?? []
  const asked: (readonly [When | undefined, readonly string[]])[] = [
    [need.when, need.see ?? []],
    [alsoWhen, also],
    [need.when, plan.authorization === 'rbac' ? (need.rbac ?? []) : []],
    [need.when, plan.deployment.immutability === 'required' ? (need.immutable ?? []) : []]
  ]
  return asked.flatMap(([when, checks]) =>
    checks.flatMap((check) =>
      ground.resources
        .filter(({ about }) => about === sees[check]?.about)
        .map((resource) => factOf({ check, resource, when }, ground))
    )
  )
}

interface Asked {
  readonly check: string
  readonly resource: Resource
  readonly when: When | undefined
}

function factOf({ check, resource, when }: Asked, { delivered, answers }: Ground): Fact {
  const about = { check, resource }
  const own = delivered.records.filter(
    (each) =>
      each.check === check &&
      each.resource.toLowerCase() === resource.id.toLowerCase() &&
      each.call.identity === resource.identity
  )
  const record = own
    .filter((each) => isThen(when, each, delivered))
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
    .at(-1)
  if (!record) return { ...about, state: 'unseen', why: `${check} of ${resource.id} was not seen then` }
  const reasons = [
    ...unfounded(record, answers),
    ...late(when, record, { delivered, answers }),
    ...unnamed(record, resource, answers),
    ...elsewhere(record, resource, answers)
  ]
  if (reasons[0] !== undefined)
    return { ...about, record, state: 'broken', why: `${check} of ${resource.id}: ${reasons[0]}` }
  if (record.held && isGood(check, resource, record)) return { ...about, record, state: 'held' }
  const why = `${check} of ${resource.id}: ${record.observed}`
  return { ...about, record, why, state: isDecided(record, resource, delivered) ? 'overridden' : 'broken' }
}

const isGood = (check: string, { expected }: Resource, { observed }: Lying): boolean =>
  sees[check]?.good?.(observed, expected as Expected) ?? true // what a rule reads, its kind of resource has

function isThen(when: When | undefined, { at }: Lying, { handOff, records }: Delivered): boolean {
  if (when === 'verification') return at >= handOff.verifiedSince && at <= handOff.writtenAt
  if (when === 'wait') return at < handOff.verifiedSince
  if (when !== 'before-mail') return true
  const mails = records.filter(({ check }) => check === 'mail-text')
  return mails.length > 0 && mails.every((mail) => at <= mail.at)
}

/** What is of verification was asked in it: the call, not only the record of it. */
function late(
  when: When | undefined,
  { call, besides = [] }: Lying,
  { delivered, answers }: Pick<Ground, 'delivered' | 'answers'>
) {
  const since = Date.parse(delivered.handOff.verifiedSince)
  const early = [call, ...besides].find((each) => {
    const entry = answers.of(each)
    return entry && Date.parse(entry.at) < since && !entry.operation.endsWith('.getBuiltIn') // those never change
  })
  return when === 'verification' && early ? [`${early.operation} was asked before verification`] : []
}

/** Each person that it is about was asked for, by one of its calls. */
function unnamed({ call, besides = [] }: Lying, { objects = [] }: Resource, answers: Answers): string[] {
  const paths = [call, ...besides].map((each) => answers.of(each)?.path ?? '')
  const isListed = [call, ...besides].some((each) => answers.of(each)?.operation === 'users.list')
  const left = objects.filter((each) => !paths.some((path) => path.includes(each)))
  return isListed ? [] : left.map((each) => `no call of it asked for ${each}`)
}

/** What is in a subscription was asked for in that one: a list of roles names no vault. */
function elsewhere({ call }: Lying, { id, expected: { subscriptionId } }: Resource, answers: Answers): string[] {
  const { path = '', operation = '' } = answers.of(call) ?? {}
  const asked = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1]
  const isOther =
    subscriptionId !== undefined && asked !== undefined && asked.toLowerCase() !== subscriptionId.toLowerCase()
  return isOther ? [`${operation} was asked in subscription ${asked}, and ${id} is in another`] : []
}

/** Somebody said to go on in spite of this very thing, by the ledger. */
const isDecided = (record: Lying, resource: Resource, delivered: Delivered): boolean =>
  delivered.handOff.overrides.some(
    ({ code, observed }) =>
      code === codeOf(record.check, resource) &&
      (observed === undefined || record.observed.startsWith(observed)) &&
      delivered.answers.some(({ task }) => task === `override-${code}`)
  )

export const codeOf = (check: string, { suffix }: Resource): string =>
  `${check}-${suffix}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/-$/, '')

/** Whoever approved a plan with another recipient wanted the mail there. */
export const agreed = (fact: Fact, { plan }: Delivered): Fact =>
  fact.check === 'mail-alias' && fact.state === 'broken' && fact.record && isElsewhere(plan, fact.resource.suffix)
    ? { ...fact, state: 'overridden' }
    : fact
