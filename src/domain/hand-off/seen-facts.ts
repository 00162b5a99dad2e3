import { checkOf } from '../checks/all-checks.ts'
import { findingCode } from '../checks/checks.ts'
import type { Proof, RequirementFacts, Seen } from '../requirements/requirement-facts.ts'
import { covers, type Evidence, type Override } from '../terms/evidence.ts'
import { sameText } from '../terms/same-text.ts'
import { resourcesOf, type PlanAndMade, type PlanResource } from './plan-resources.ts'

/** A record of evidence, as it lies in the store. */
export interface SeenRecord extends Evidence {
  /** `{batch}#{record}`, records counted from 0. */
  readonly id: string
}

export interface SeenSources extends PlanAndMade {
  readonly records: readonly SeenRecord[]
  /** ISO 8601 UTC: when the look before the hand-off began. */
  readonly since: string
  readonly overrides: readonly Override[]
}

/** What a proof asks for: one check of one resource of the plan, seen at its time. */
export interface NeededFact {
  readonly check: string
  readonly resource: PlanResource
  readonly seen: Seen
}

/** What became of it. `overridden`: it does not hold, and a person said to go on. */
export interface SeenFact extends NeededFact {
  readonly state: 'held' | 'overridden' | 'broken' | 'unseen'
  /** The record that says so, the newest of its time. */
  readonly record?: SeenRecord
}

/** What evidence says of all that must have been seen for a requirement: the one place where a row is computed. */
export const seenFacts = (facts: RequirementFacts, sources: SeenSources): SeenFact[] =>
  neededFacts(facts, sources).map((needed) => seenFact(needed, sources))

/** Every check of every resource of the plan: a resource without evidence is not forgotten, it is missing. */
export const neededFacts = ({ proofs }: RequirementFacts, made: PlanAndMade): NeededFact[] =>
  proofs
    .filter((proof) => isAsked(proof, made))
    .flatMap(({ checks, seen }) =>
      checks.flatMap((check) => resourcesOf(kindOf(check), made).map((resource) => ({ check, resource, seen })))
    )

/** The code of the finding, had it been one. */
export const codeOf = ({ check, resource }: NeededFact): string => findingCode(check, resource.suffix)

const isAsked = ({ only }: Proof, { plan }: PlanAndMade): boolean =>
  only === undefined || (only === 'rbac' ? plan.authorization === 'rbac' : plan.deployment.immutability === 'required')

function kindOf(check: string) {
  const found = checkOf({ check })
  if (found) return found.on
  throw new Error(`No check has the code ${check}. Correct the table of requirements.`)
}

function seenFact(needed: NeededFact, sources: SeenSources): SeenFact {
  const record = newest(sources.records.filter((each) => isOf(needed, each) && isInTime(needed.seen, each, sources)))
  if (!record) return { ...needed, state: 'unseen' }
  if (record.held) return { ...needed, record, state: 'held' }
  const isOverridden = sources.overrides.some((each) =>
    covers(each, { code: codeOf(needed), observed: record.observed })
  )
  return { ...needed, record, state: isOverridden ? 'overridden' : 'broken' }
}

const isOf = ({ check, resource }: NeededFact, record: SeenRecord): boolean =>
  record.check === check && sameText(record.resource, resource.id) && record.call.identity === resource.identity

function isInTime(seen: Seen, { at }: SeenRecord, { records, since }: SeenSources): boolean {
  if (seen === 'verification') return at >= since
  if (seen === 'mail') return true
  if (seen === 'wait') return at < since
  const mails = records.filter(({ check }) => check === 'mail-text').map((mail) => mail.at)
  return mails.some((mailed) => at <= mailed) && mails.every((mailed) => at <= mailed)
}

const newest = (records: readonly SeenRecord[]): SeenRecord | undefined =>
  records.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)).at(-1)
