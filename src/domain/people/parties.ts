import type { GroupMember } from '../resources/directory.ts'
import type { Slot } from '../terms/evidence.ts'

/** Who stands for one slot, groups expanded: people, and whatever else its groups hold. */
export interface Standing extends GroupMember {
  /** For a reader, e.g. `alice@contoso.com of group 0d6f…`. */
  readonly name: string
}

/** Somebody, or a group, that stands for a slot. */
export interface Party {
  readonly slot: Slot
  readonly objectId: string
  readonly isGroup: boolean
  readonly isOperator: boolean
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const isObjectId = (text: string): boolean => guid.test(text)

/** In a plan people stand by user principal name and groups by object id, both in lower case. */
export const isGroup = (party: string): boolean => isObjectId(party)

export const partyName = (party: string): string => (isGroup(party) ? `group ${party}` : party)

/** A slot and those who may act for it, as far as rules about people look at it. */
export interface SlotParties {
  readonly slot: Slot
  readonly operators: readonly string[]
}

export const isAmong = (all: readonly Pick<Standing, 'objectId'>[], objectId: string): boolean =>
  all.some((each) => each.objectId.toLowerCase() === objectId.toLowerCase())

/** Names of those of the second slot that are in the first one too: the same object, under whatever name (R11, R32). */
export function inBothSlots(first: readonly Standing[], second: readonly Standing[]): string[] {
  return [...new Set(second.filter(({ objectId }) => isAmong(first, objectId)).map(({ name }) => name))]
}
