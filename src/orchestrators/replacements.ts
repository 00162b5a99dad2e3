import type { Offer } from '../domain/alias-email.ts'
import type { EvidenceRef, Slot } from '../domain/evidence.ts'
import { taskNames, type OfficerReplacement, type OperatorReplacement } from '../domain/tasks.ts'
import { act, now, type Story } from './durable.ts'
import type { Run } from './onboarding.ts'
import type { Answered, Beside } from './people.ts'
import { whyNoOperator } from './staff.ts'

/** What people's leaving has changed so far, for the chapters that come. */
export interface Changes {
  /** Object ids of people who took another's place, by UPN. */
  readonly objectIds: Map<string, string>
  readonly officers: OfficerReplacement[]
  readonly answers: Answered[]
  readonly evidence: EvidenceRef[]
}

export const noChanges = (): Changes => ({ objectIds: new Map(), officers: [], answers: [], evidence: [] })

/** Custom status must hold them all. */
const most = 6

/** From now on an operator of one slot may say who takes the place of one who leaves the other (R11). */
export const operatorsBeside = (run: Run): Beside[] => ([1, 2] as const).map((slot) => ({
  name: taskNames.replaceOperator(slot),
  for: `an operator of slot ${String(3 - slot)}`,
  asks: `An operator of slot ${String(slot)} leaves: say who takes over.`,
  optional: true,
  hear: (answer) => heard(run, answer, () => replaceOperator(run, slot, answer))
}))

/** Once the offers are recorded, their officers may be replaced (R15). */
export const officersBeside = (run: Run, offers: readonly Offer[]): Beside => ({
  name: taskNames.replaceOfficer,
  for: 'any operator',
  asks: 'An officer leaves: tell Microsoft, then say who takes over.',
  optional: true,
  hear: (answer) => heard(run, answer, () => replaceOfficer(run, offers, answer))
})

/** The offers with their officers as they are now. */
export const offersNow = <T extends Offer>(offers: readonly T[], { officers }: Changes): T[] =>
  offers.map((offer) => officers.reduce<T>((each, { leaves, joins }) =>
    ({ ...each, officers: each.officers.map((officer) => (sameAddress(officer.email, leaves) ? joins : officer)) }), offer))

/** Object ids of a slot's administrators: those that preflight saw, by UPN or group, and whoever came later. */
export function administratorsNow({ plan, changes }: Run, slot: Slot, seen: Readonly<Record<string, string>>): string[] {
  return plan.slots[slot - 1]?.administrators.flatMap((party) => changes.objectIds.get(party) ?? seen[party] ?? []) ?? []
}

function* heard({ changes }: Run, answer: Answered, take: () => Story<string | undefined>): Story<string | undefined> {
  if (changes.answers.length >= most) return `${String(most)} people were replaced: cancel, and start anew with those who are there.`
  const refusal = yield* take()
  if (refusal === undefined) changes.answers.push(answer)
  return refusal
}

function* replaceOperator(run: Run, slot: Slot, answer: Answered): Story<string | undefined> {
  const { board, changes } = run
  const { leaves, joins } = answer.answer as OperatorReplacement // the route's schema demands it
  const own = run.plan.slots[slot - 1] ?? run.plan.slots[0]
  const other = run.plan.slots[2 - slot] ?? run.plan.slots[1]
  if (!own.operators.includes(leaves)) return `${leaves} is not named for slot ${String(slot)}; who is in its groups is the directory's to say.`
  const stranger = yield* whyNoOperator(run, other.slot, answer)
  if (stranger !== undefined) return stranger
  const seen = yield* lookedAt(run, joins, [...other.operators, ...other.administrators])
  if (typeof seen === 'string') return seen
  changes.objectIds.set(joins, seen.objectId)
  changes.evidence.push(seen.evidence)
  const { replaced = [], tasks } = board.status()
  const renamed = tasks.map((task) => ({ ...task, for: task.for.replace(leaves, joins) }))
  board.update({ replaced: [...replaced, { slot, leaves, joins }], tasks: renamed })
  const left = own.administrators.includes(leaves) && vaultsAreMade(run)
    ? `; ${leaves} stands in the vaults' access policies until people change them, which verification asks for`
    : ''
  board.done('Replaced', `slot ${String(slot)}: ${joins} for ${leaves}, by ${answer.by}${left}`, ['R11'])
  return undefined
}

function* lookedAt({ context, requestId }: Run, upn: string, others: readonly string[]) {
  try {
    const seen = yield* act(context, 'check-replacement', { onboarding: requestId, now: now(context), upn, others })
    const [finding] = seen.findings
    return finding ? `${upn} cannot take over: ${finding.observed}.` : seen
  } catch (error) {
    return `${upn} could not be looked up (${error instanceof Error ? error.message.slice(0, 200) : ''}). Answer again.`
  }
}

function* replaceOfficer(run: Run, offers: readonly Offer[], { by, answer }: Answered): Story<string | undefined> {
  const change = answer as OfficerReplacement // the route's schema demands it
  const named = offersNow(offers, run.changes)
    .filter(({ officers }) => officers.some(({ email }) => sameAddress(email, change.leaves)))
  if (named.length === 0) return `${change.leaves} is an officer of no offer.`
  run.changes.officers.push(change)
  const which = named.map(({ requestId }) => requestId).join(', ')
  run.board.done('Replaced', `officer of ${which}: ${change.joins.email} for ${change.leaves}, by ${by}`, ['R15'])
  return undefined
}

const vaultsAreMade = ({ board }: Run): boolean => ['attestations', 'verification', 'hand-off'].includes(board.status().step)

const sameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
