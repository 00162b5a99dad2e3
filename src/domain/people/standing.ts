import { otherSlot } from '../terms/by-slot.ts'
import type { Slot } from '../terms/evidence.ts'
import type { Role } from './roles.ts'

/** What somebody must be to say something that counts. */
export interface Gate {
  /** Operators of one of these slots; `nobody-named`: only who stands for neither. */
  readonly asked: readonly Slot[] | 'nobody-named'
  /** Names of others who may: of these it takes no role in the app where `asked` are operators, too. */
  readonly others?: readonly string[]
  /** Whoever says it acts for this slot; undefined: for neither. */
  readonly acts?: Slot | undefined
  /** Speaks for this slot without acting for it: is none of the other one's all the same. */
  readonly apart?: Slot
  /** In the app. */
  readonly role: Role
  /** Who has this role may say it whatever slots they are of, or of none. */
  readonly orRole?: Role | undefined
}

/** What a person is at this moment, as directory and records have it. */
export interface PersonNow {
  readonly account: 'enabled' | 'blocked' | 'absent'
  readonly roles: readonly Role[]
  /** Slots whose operators they are, directly or through groups. */
  readonly operates: readonly Slot[]
  /** Slots whose people they are, or may become on demand: operators and administrators. */
  readonly standsFor: readonly Slot[]
  /** They are one of the `others` of the gate. */
  readonly isOther?: boolean
  /** The slot that they have acted for before, whenever in this tenant. */
  readonly actedFor: Slot | undefined
}

/** Why it does not count from this person, in a sentence; undefined where it does (R11). */
export function whyShut(gate: Gate, by: string, now: PersonNow): string | undefined {
  if (now.account === 'absent') return `${by} is not in the directory under the object id of their sign-in.`
  if (now.account === 'blocked') return `The account of ${by} is blocked in the directory.`
  return whyNotAsked(gate, by, now)
}

function whyNotAsked(gate: Gate, by: string, now: PersonNow): string | undefined {
  const { asked, acts, apart = acts, role, orRole } = gate
  if (orRole !== undefined && now.roles.includes(orRole)) return undefined
  const isOther = gate.others !== undefined && now.isOther === true
  if (isOther && asked.length > 0) return undefined // a word against what is about to be done to them
  if (!now.roles.includes(role)) return `${by} has no role ${role} in the app any more, as the directory has it.`
  if (asked === 'nobody-named') return whyNotOutside(by, now)
  if (!isOther && !asked.some((slot) => now.operates.includes(slot)))
    return `${by} is no operator of ${slotsIn(asked)}.`
  return apart === undefined ? undefined : whyNotFor(apart, by, now)
}

function whyNotOutside(by: string, { standsFor, actedFor }: PersonNow): string | undefined {
  if (standsFor.length > 0) return `${by} stands for ${slotsIn(standsFor)}: the second word comes from outside both.`
  if (actedFor === undefined) return undefined
  return `${by} has acted for slot ${String(actedFor)} of this tenant: the second word comes from outside both.`
}

function whyNotFor(slot: Slot, by: string, { standsFor, actedFor }: PersonNow): string | undefined {
  const other = otherSlot(slot)
  if (standsFor.includes(other)) return `${by} stands for the other slot; R11 asks for two people.`
  if (actedFor === other) return `${by} has acted for slot ${String(other)} of this tenant; R11 asks for two people.`
  return undefined
}

const slotsIn = (slots: readonly Slot[]): string =>
  slots.length === 0 ? 'any slot here' : `slot ${slots.map(String).join(' or slot ')}`

/** What became of a look at somebody at a gate. */
export interface Weighed {
  /** It does not count, in a sentence; absent where it does. */
  readonly why?: string
  /** What could not be read, and stops nothing. */
  readonly unread?: string
}
