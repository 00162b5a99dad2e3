import { otherSlot } from '../terms/by-slot.ts'
import { partyName, type SlotParties } from '../people/parties.ts'
import type { Slot } from '../terms/evidence.ts'

/** Who acts for the slots of a plan, and which slot a vault is in. */
export interface PeopleOfPlan {
  readonly slots: readonly SlotParties[]
  readonly policies: readonly { readonly vaults: readonly { readonly slot: Slot; readonly vaultName: string }[] }[]
}

/** Who may answer a task (R11). */
export interface Whom<T> {
  /** The slot whose operators may; undefined: those of both. */
  readonly slot: (task: T, plan: PeopleOfPlan) => Slot | undefined
  /** The same for a reader, e.g. `an operator of slot 2`. */
  readonly reads: (task: T, plan: PeopleOfPlan) => string
}

export const anyOperator: Whom<unknown> = { slot: () => undefined, reads: () => 'any operator' }

/** The operators of the task's own slot, by name. */
export const ownOperators: Whom<{ readonly slot: Slot }> = {
  slot: ({ slot }) => slot,
  reads: ({ slot }, { slots }) =>
    slots
      .filter((each) => each.slot === slot)
      .flatMap(({ operators }) => operators.map(partyName))
      .join(', ')
}

/** Who takes over in one slot is the other one's to say: whoever leaves may not answer any more. */
export const otherOperators: Whom<{ readonly slot: Slot }> = {
  slot: ({ slot }) => otherSlot(slot),
  reads: ({ slot }) => anOperatorOf(otherSlot(slot))
}

/** The operators of the slot that the task's vault is in. */
export const vaultOperators: Whom<{ readonly vault: string }> = {
  slot: slotOfVault,
  reads: (task, plan) => anOperatorOf(slotOfVault(task, plan))
}

function slotOfVault({ vault }: { readonly vault: string }, { policies }: PeopleOfPlan): Slot | undefined {
  return policies.flatMap(({ vaults }) => vaults).find(({ vaultName }) => vaultName.toLowerCase() === vault)?.slot
}

export const anOperatorOf = (slot: Slot | undefined): string =>
  slot === undefined ? 'any operator' : `an operator of slot ${slot}`
