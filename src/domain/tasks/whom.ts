import type { Proposal, Replacement } from '../plan/replacements.ts'
import { partyName, type SlotParties } from '../people/parties.ts'
import type { Slot } from '../terms/evidence.ts'

/** Somebody is to take another's place: only proposed so far, or it stands and whoever takes over has yet to confirm the plan. */
export interface PersonChanging {
  readonly slot: Slot
  readonly leaves: string
  readonly joins: string
  readonly stage: 'proposed' | 'to-confirm'
}

/** Of what the story knows: what is proposed, and what stands and is not confirmed by whoever takes over. */
export const changesOf = (
  proposals: readonly Proposal[],
  replaced: readonly Replacement[]
): readonly PersonChanging[] => [
  ...proposals.map((each) => ({ ...whoOf(each), stage: 'proposed' as const })),
  ...replaced.filter(({ unread }) => unread).map((each) => ({ ...whoOf(each), stage: 'to-confirm' as const }))
]

const whoOf = ({ slot, leaves, joins }: Proposal) => ({ slot, leaves, joins })

/** Who acts for the slots of a plan, who is about to, and which slot a vault is in. */
export interface PeopleOfPlan {
  readonly slots: readonly SlotParties[]
  readonly changes?: readonly PersonChanging[]
  readonly policies: readonly { readonly vaults: readonly { readonly slot: Slot; readonly vaultName: string }[] }[]
}

/** Who may answer a task (R11). */
export interface Whom<T> {
  /**
   * Whether whoever answers acts for that slot: then never for the other one, and is none of its people. Proposing, a word
   * for the other slot, halting, going on and ending are not acting for a slot.
   */
  readonly acts: boolean
  /** The slot whose operators may; undefined: those of both. */
  readonly slot: (task: T, plan: PeopleOfPlan) => Slot | undefined
  /** The same for a reader, e.g. `an operator of slot 2`. */
  readonly reads: (task: T, plan: PeopleOfPlan) => string
  /** Who else may, by name. */
  readonly others?: (task: T, plan: PeopleOfPlan) => readonly string[]
  /** Operators may not: those `others` alone, or whoever is named nowhere. */
  readonly not?: 'operators' | 'anybody-named'
}

export const anyOperator: Whom<unknown> = { acts: false, slot: () => undefined, reads: () => 'any operator' }

/** The operators of the task's own slot, by name. */
export const ownOperators: Whom<OfSlot> = {
  acts: true,
  slot: ({ slot }) => slot,
  reads: ({ slot }, { slots }) =>
    slots
      .filter((each) => each.slot === slot)
      .flatMap(({ operators }) => operators.map(partyName))
      .join(', ')
}

/** Whoever stops a change of people: any operator, and the one who is said to leave, whatever else they are still named for. */
export const whoeverMinds: Whom<OfSlot> = {
  acts: false,
  slot: () => undefined,
  reads: (task, plan) => ['any operator', ...leaversOf(task, plan)].join(', or '),
  others: leaversOf
}

/** The second word: nobody who acts for a slot or is about to, and nobody who leaves one (R11). */
export const custodians: Whom<OfSlot> = {
  acts: false,
  slot: () => undefined,
  reads: () => 'a Custodian, who stands for neither slot',
  not: 'anybody-named'
}

/** Whoever takes over in the slot, once that stands. */
export const newcomers: Whom<OfSlot> = {
  acts: true,
  slot: ({ slot }) => slot,
  reads: (task, plan) => newcomersOf(task, plan).join(', '),
  others: newcomersOf,
  not: 'operators'
}

interface OfSlot {
  readonly slot: Slot
}

function leaversOf({ slot }: OfSlot, { changes = [] }: PeopleOfPlan): string[] {
  return changes.filter((each) => each.stage === 'proposed' && each.slot === slot).map(({ leaves }) => leaves)
}

function newcomersOf({ slot }: OfSlot, { changes = [] }: PeopleOfPlan): string[] {
  return changes.filter((each) => each.stage === 'to-confirm' && each.slot === slot).map(({ joins }) => joins)
}

/** The operators of the slot that the task's vault is in. */
export const vaultOperators: Whom<{ readonly vault: string }> = {
  acts: true,
  slot: slotOfVault,
  reads: (task, plan) => anOperatorOf(slotOfVault(task, plan))
}

function slotOfVault({ vault }: { readonly vault: string }, { policies }: PeopleOfPlan): Slot | undefined {
  return policies.flatMap(({ vaults }) => vaults).find(({ vaultName }) => vaultName.toLowerCase() === vault)?.slot
}

export const anOperatorOf = (slot: Slot | undefined): string =>
  slot === undefined ? 'any operator' : `an operator of slot ${slot}`

/** The operators of the slot that the finding is of; of one that is of no slot, those of both. */
export const findingOperators: Whom<{ readonly code: string }> = {
  acts: true,
  slot: slotOfFinding,
  reads: (task, plan) => anOperatorOf(slotOfFinding(task, plan))
}

/** A finding's code ends in what it is of: a slot, or a vault. */
function slotOfFinding({ code }: { readonly code: string }, { policies }: PeopleOfPlan): Slot | undefined {
  const named = /-slot-([12])$/.exec(code)?.[1]
  if (named !== undefined) return named === '1' ? 1 : 2
  const vaults = policies.flatMap(({ vaults: both }) => both)
  return vaults.find(({ vaultName }) => code.endsWith(`-${vaultName.toLowerCase()}`))?.slot
}
