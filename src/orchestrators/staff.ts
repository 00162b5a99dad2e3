import type { Activities } from '../contracts/activities.ts'
import type { Slot } from '../domain/terms/evidence.ts'
import { ofSlot } from '../domain/terms/by-slot.ts'
import { hasGroups } from '../domain/people/parties.ts'
import { act, now, whyFailed, type Story } from './durable.ts'
import { Cancelled } from './people.ts'
import type { Run } from './run.ts'
import type { Answer } from '../domain/tasks/answers.ts'

/** Why this answer is none of an operator of the slot, in a sentence. Only groups cost a look at the directory. */
export function* whyNoOperator(run: Run, slot: Slot, { by }: Answer): Story<string | undefined> {
  const operators = ofSlot(run.plan.slots, slot).operators
  if (operators.includes(by)) return undefined
  if (!hasGroups(operators)) return noOperator(by, slot)
  const seen = yield* personSeen(run, by, [{ slot, parties: operators }])
  if (typeof seen === 'string') return seen
  return seen.standsFor.includes(slot) ? undefined : noOperator(by, slot)
}

/**
 * Why this answer does not come from an operator of this slot who stands for nothing in the other: as the directory has
 * it now, compared by object id (R11). Where no group is named, preflight has seen that everybody named is somebody else.
 */
export function* whyNotApart(
  run: Run,
  own: Slot,
  answer: Answer,
  earlier: readonly Answer[]
): Story<string | undefined> {
  const { by } = answer
  if (earlier.some((each) => each.by === by)) return inBoth(by)
  if (!run.plan.slots.some(({ operators, administrators }) => hasGroups([...operators, ...administrators]))) {
    return yield* whyNoOperator(run, own, answer)
  }
  const seen = yield* personSeen(
    run,
    by,
    run.plan.slots.map(({ slot, operators, administrators }) => ({
      slot,
      parties: slot === own ? operators : [...operators, ...administrators]
    }))
  )
  if (typeof seen === 'string') return seen
  if (!seen.standsFor.includes(own)) return noOperator(by, own)
  return seen.standsFor.length > 1 ? inBoth(by) : undefined
}

const noOperator = (by: string, slot: Slot): string => `${by} is no operator of slot ${String(slot)}.`

const inBoth = (by: string): string => `${by} stands for the other slot; R11 asks for two people.`

type LookAtPerson = Activities['look-at-person']

/** A sentence instead: the directory did not tell. */
function* personSeen(
  { context, requestId }: Run,
  upn: string,
  slots: LookAtPerson['input']['slots']
): Story<LookAtPerson['output'] | string> {
  try {
    return yield* act(context, 'look-at-person', { onboarding: requestId, now: now(context), upn, slots })
  } catch (error) {
    if (error instanceof Cancelled) throw error
    return `Who stands for which slot could not be looked up (${whyFailed(error)}). Answer again.`
  }
}
