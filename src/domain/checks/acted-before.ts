import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import type { Standing } from '../people/parties.ts'
import type { Slot } from '../terms/evidence.ts'
import { listOf } from '../terms/words.ts'

/** Somebody stands for a slot, and has acted for the other one of this tenant before. */
export interface Crossed extends Pick<Standing, 'objectId' | 'name'> {
  readonly actedFor: Slot
}

export interface ActedObserved {
  /** How many people were looked up. */
  readonly people: number
  readonly crossed: readonly Crossed[]
}

/** Who has touched one key is never let near the other: else it is found when they answer, weeks later (R11). */
export const actedBeforeChecks: readonly Check<ActedObserved, undefined>[] = [
  {
    code: 'acted-for-other',
    requirement: 'R11',
    on: 'slots',
    expected: () => 'nobody who has acted for the other slot of this tenant, in whatever onboarding',
    holds: ({ crossed }) => crossed.length === 0,
    describe: ({ people, crossed }) =>
      crossed.length === 0
        ? `of ${people} who stand for a slot, none has acted for the other one`
        : listOf(crossed.map(({ name, actedFor }) => `${name} has acted for slot ${actedFor}`)),
    overridable: false,
    means:
      'Somebody stands for a slot who has acted for the other one: in an earlier onboarding of this tenant, for a vault that was handed ' +
      'over, or for an offline copy. No answer of theirs for this slot will ever count, and nothing they were given for the other ' +
      'key may still be with them.',
    look: [
      'az rest --url "https://graph.microsoft.com/v1.0/groups/GROUP_ID/transitiveMembers?\\$select=id,userPrincipalName"'
    ],
    cure: ({ crossed }) =>
      `Name somebody else in place of ${listOf(crossed.map(({ name }) => name))}${leavingOf(crossed)}. Of a running onboarding whoever ` +
      'is named is replaced (task replace-operator-1, or -2); one that has changed nothing yet starts anew with others. ' +
      'Where everybody of both slots is meant, the two subscriptions have changed places: give each the slot that it had before.',
    afterwards: retried,
    broken: [
      {
        where: 'they are named themselves',
        observed: { people: 2, crossed: [{ objectId: 'OBJECT_ID', name: 'UPN', actedFor: 1 }] },
        expected: undefined
      },
      {
        where: 'they are in a group',
        observed: { people: 2, crossed: [{ objectId: 'OBJECT_ID', name: 'UPN of group GROUP_ID', actedFor: 1 }] },
        expected: undefined
      }
    ]
  }
]

/** Whoever stands there by name has no group to leave. */
function leavingOf(crossed: readonly Crossed[]): string {
  const commands = crossed.flatMap(({ objectId, name }) => {
    const group = / of group (\S+)$/.exec(name)?.[1]
    return group === undefined ? [] : [`az ad group member remove --group ${group} --member-id ${objectId}`]
  })
  return commands.length === 0
    ? ''
    : `, or take them out of the group (${commands.slice(0, 5).join(' and ')}) and retry`
}
