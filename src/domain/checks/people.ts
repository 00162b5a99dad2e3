import { never, type Check } from './checks.ts'
import { inBothSlots, type Standing } from '../people/parties.ts'
import { countOf, listOf } from '../terms/words.ts'

/** A person of the request. */
export interface UserSeen {
  readonly upn: string
  readonly objectId: string | undefined
}

export const userChecks: readonly Check<UserSeen>[] = [
  {
    code: 'administrator',
    requirement: 'R33',
    expected: 'a user of the tenant',
    holds: ({ objectId }) => objectId !== undefined,
    describe: ({ upn, objectId }) => (objectId === undefined ? `${upn} is absent` : `object ${objectId}`),
    remedy: ({ upn }) => `Create ${upn} in the tenant and retry, or start anew with the right name.`,
    overridable: never
  }
]

/** A group of the request. */
export interface GroupSeen {
  readonly groupId: string
  /** Undefined: the tenant has no such group. */
  readonly displayName: string | undefined
  /** Users in it, those of groups within it included; counting stops beyond `mostPeople`. */
  readonly people: number
}

/** One mail has no more recipients; and whom a key depends on should be known by name. */
export const mostPeople = 50

export const groupChecks: readonly Check<GroupSeen>[] = [
  {
    code: 'group-people',
    requirement: 'R11',
    expected: `a group of the tenant with 1 to ${mostPeople} people`,
    holds: ({ displayName, people }) => displayName !== undefined && people >= 1 && people <= mostPeople,
    describe: ({ groupId, displayName, people }) =>
      displayName === undefined
        ? `group ${groupId} is absent`
        : `${displayName}: ${people > mostPeople ? `more than ${mostPeople} people` : people === 1 ? '1 person' : `${people} people`}`,
    remedy: ({ groupId }) =>
      `Put those who shall act into group ${groupId}, at most ${mostPeople}, and retry; or start anew with another group.`,
    overridable: never
  }
]

/** Everybody who stands for slot 1 and for slot 2, as operator or administrator, groups expanded. */
export interface SlotsSeen {
  readonly first: readonly Standing[]
  readonly second: readonly Standing[]
}

/** Who looks after one key must not be able to touch the other: compared by object id. */
export const slotsChecks: readonly Check<SlotsSeen>[] = [
  {
    code: 'slots-disjoint',
    requirement: 'R11',
    expected: 'nobody stands for both slots, groups expanded',
    holds: ({ first, second }) => inBothSlots(first, second).length === 0,
    describe: ({ first, second }) => {
      const both = inBothSlots(first, second)
      const counts = [first, second]
        .map(({ length }, index) => `slot ${index + 1}: ${countOf(length, 'object')}`)
        .join(', ')
      return both.length === 0 ? `${counts}, none in both` : `in both: ${listOf(both)}`
    },
    remedy: ({ first, second }) =>
      `Take ${listOf(inBothSlots(first, second))} out of the group of one slot and retry, or start anew with other people.`,
    overridable: never
  }
]
