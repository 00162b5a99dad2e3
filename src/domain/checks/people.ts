import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { inBothSlots, type Standing } from '../people/parties.ts'
import { countOf, listOf } from '../terms/words.ts'

/** A person of the request, as the directory has it. */
export interface UserObserved {
  readonly objectId: string | undefined
  /** Whom the plan means, where it is absent: the person made anew under that name is another. */
  readonly planned?: string
  /** Set where the object that the plan means is gone, and another has its name. */
  readonly another?: { readonly planned: string; readonly present: string }
  /** Set where the name is that of several accounts. */
  readonly several?: readonly string[]
  /** Whether the account can sign in. */
  readonly enabled?: boolean
}

export interface UserExpected {
  readonly upn: string
}

export const userChecks: readonly Check<UserObserved, UserExpected>[] = [
  {
    code: 'administrator',
    requirement: 'R33',
    on: 'person',
    expected: () => 'a user of the tenant',
    holds: ({ objectId }) => objectId !== undefined,
    describe: ({ objectId, planned, another, several }, { upn }) => {
      if (several) return `${upn} is the name or the address of ${listOf(several)}`
      if (another) return `${upn} is object ${another.present}, and the plan means ${another.planned}, which is absent`
      if (objectId !== undefined) return `object ${objectId}`
      return planned === undefined ? `${upn} is absent` : `${upn} (object ${planned}) is absent`
    },
    overridable: false,
    means:
      'Somebody named as operator or administrator of a slot is no user of the tenant, so that nothing can be granted to them. ' +
      'Guests are named by the address that they sign in with, or as they stand in the tenant (`…#EXT#@…`).',
    look: ['az ad user show --id UPN --query "{id:id, enabled:accountEnabled}"'],
    cure: ({ planned, another, several }, { upn }) => {
      if (another) return restoring(another, upn)
      if (several) return `Name the one that is meant by its object id in place of ${upn}, and read the plan again.`
      return planned === undefined
        ? `Name somebody of the tenant in the request in place of ${upn}, or create them there, and read the plan again.`
        : `Where ${upn} was deleted by mistake, restore them within 30 days (${restore(planned)}) and retry. Whoever has left is ` +
            'replaced (task replace-operator-1, or -2). Not made anew: that would be another person, whom nobody approved.'
    },
    afterwards: retried,
    broken: [
      { observed: { objectId: undefined }, expected: { upn: 'UPN' } },
      {
        where: 'the plan means somebody who is gone',
        observed: { objectId: undefined, planned: 'PLANNED_ID' },
        expected: { upn: 'UPN' }
      },
      {
        where: 'another object has the name now',
        observed: { objectId: undefined, another: { planned: 'PLANNED_ID', present: 'PRESENT_ID' } },
        expected: { upn: 'UPN' }
      },
      {
        where: 'the name is that of two accounts',
        observed: { objectId: undefined, several: ['UPN (object ID)', 'OTHER_UPN (object OTHER_ID)'] },
        expected: { upn: 'UPN' }
      }
    ]
  },
  {
    code: 'person-enabled',
    requirement: 'R11',
    on: 'person',
    expected: () => 'an account that can sign in',
    appliesTo: ({ objectId }) => objectId !== undefined,
    holds: ({ enabled }) => enabled !== false,
    describe: ({ enabled }) => (enabled === false ? 'sign-in is blocked' : 'sign-in is allowed'),
    overridable: false,
    means:
      'Somebody named as operator or administrator of a slot cannot sign in: their account is blocked in the directory. What waits ' +
      'for them would wait for ever.',
    look: ['az ad user show --id UPN --query "{id:id, enabled:accountEnabled}"'],
    cure: ({ objectId }, { upn }) =>
      `Find out why ${upn} is blocked. If they shall act, let them sign in again (az ad user update --id ${objectId ?? upn} ` +
      '--account-enabled true) and retry; else have them replaced (task replace-operator-1, or -2), or start anew ' +
      'with somebody else.',
    afterwards: retried,
    broken: [{ observed: { objectId: 'OBJECT_ID', enabled: false }, expected: { upn: 'UPN' } }]
  }
]

/** An operator, as they can be written to. */
export interface MailObserved {
  readonly objectId: string | undefined
  readonly mail: string | undefined
}

export const addressChecks: readonly Check<MailObserved, UserExpected>[] = [
  {
    code: 'person-mail',
    requirement: 'R25',
    on: 'person',
    expected: () => 'an address for mail, in the directory or in the request',
    appliesTo: ({ objectId }) => objectId !== undefined,
    holds: ({ mail }) => mail !== undefined,
    describe: ({ mail }) => (mail === undefined ? 'no address' : 'an address'),
    overridable: true,
    means:
      'An operator has no mailbox that the directory knows (`mail`), and the request gives no address. They would hear nothing of ' +
      'what waits for them, and Microsoft’s answers would not reach them: a user principal name need not be a mailbox.',
    look: ['az ad user show --id UPN --query "{id:id, mail:mail}"'],
    cure: (_, { upn }) =>
      `Give ${upn} an address in the directory (Entra admin center, Users, ${upn}, Contact information, Email; or a licence with a ` +
      'mailbox), or name one in the request, under addresses, and read the plan again.',
    afterwards: retried,
    broken: [{ observed: { objectId: 'OBJECT_ID', mail: undefined }, expected: { upn: 'UPN' } }]
  }
]

/** A deleted user is kept for 30 days: https://learn.microsoft.com/graph/api/directory-deleteditems-restore */
const restore = (planned: string): string =>
  `az rest --method post --url "https://graph.microsoft.com/v1.0/directory/deletedItems/${planned}/restore"`

const restoring = ({ planned, present }: NonNullable<UserObserved['another']>, upn: string): string =>
  `Somebody else, or the same person made anew, has the name now: what was approved and granted is of ${planned}. Within 30 days of ` +
  `its deletion give ${present} another name (az rest --method patch --url "https://graph.microsoft.com/v1.0/users/${present}" --body ` +
  `'{"userPrincipalName":"former.${upn}"}'), restore the other ` +
  `(${restore(planned)}) and retry. Otherwise ` +
  `have ${present} take over, which is another person (task replace-operator-1, or -2: ${upn} leaves, and ${upn} takes ` +
  `over), or cancel and start anew: a new plan means ${present}.`

/** A group of the request, as the directory has it. */
export interface GroupObserved {
  /** Undefined: the tenant has no such group. */
  readonly displayName: string | undefined
  /** Users in it, those of groups within it included; counting stops beyond `mostPeople`. */
  readonly people: number
}

export interface GroupExpected {
  readonly groupId: string
}

/** One mail has no more recipients; and whom a key depends on should be known by name. */
export const mostPeople = 50

export const groupChecks: readonly Check<GroupObserved, GroupExpected>[] = [
  {
    code: 'group-people',
    requirement: 'R11',
    on: 'group',
    expected: () => `a group of the tenant with 1 to ${mostPeople} people`,
    holds: ({ displayName, people }) => displayName !== undefined && people >= 1 && people <= mostPeople,
    describe: ({ displayName, people }, { groupId }) =>
      displayName === undefined
        ? `group ${groupId} is absent`
        : `${displayName}: ${people > mostPeople ? `more than ${mostPeople} people` : people === 1 ? '1 person' : `${people} people`}`,
    overridable: false,
    means:
      `A group of the request is not in the tenant, holds nobody, or holds more people than can be written to (${mostPeople}). ` +
      'Groups within it count; devices and applications do not. A group whose membership is hidden looks empty to the app.',
    look: [
      'az ad group show --group GROUP_ID --query "{id:id, name:displayName}"',
      'az rest --url "https://graph.microsoft.com/v1.0/groups/GROUP_ID/transitiveMembers?\\$select=userPrincipalName" --query ' +
        '"value[].userPrincipalName"'
    ],
    cure: (_, { groupId }) =>
      `Put those who shall act for the slot into group ${groupId}, and only them, at most ${mostPeople}, and retry; or cancel and ` +
      'start anew with another group: a running onboarding keeps the people and groups of its request.',
    afterwards: retried,
    broken: [{ observed: { displayName: 'NAME', people: 0 }, expected: { groupId: 'GROUP_ID' } }]
  }
]

/** Everybody who stands for slot 1 and for slot 2, as operator or administrator, groups expanded. */
export interface SlotsObserved {
  readonly first: readonly Standing[]
  readonly second: readonly Standing[]
}

const somebody: Standing = { objectId: 'OBJECT_ID', upn: 'UPN', name: 'UPN of group GROUP_ID' }

/** Who looks after one key must not be able to touch the other: compared by object id. */
export const slotsChecks: readonly Check<SlotsObserved, undefined>[] = [
  {
    code: 'slots-disjoint',
    requirement: 'R11',
    on: 'slots',
    expected: () => 'nobody stands for both slots, groups expanded',
    holds: ({ first, second }) => inBothSlots(first, second).length === 0,
    describe: ({ first, second }) => {
      const both = inBothSlots(first, second)
      const counts = [first, second]
        .map(({ length }, index) => `slot ${index + 1}: ${countOf(length, 'object')}`)
        .join(', ')
      return both.length === 0 ? `${counts}, none in both` : `in both: ${listOf(both)}`
    },
    overridable: false,
    means:
      'Somebody stands for both slots: directly, or through a group. One person, or one application, could then act on both keys ' +
      'of a policy. Compared are object ids, of operators and administrators, with everything that is in their groups.',
    look: [
      'az rest --url "https://graph.microsoft.com/v1.0/groups/GROUP_OF_SLOT_1/transitiveMembers?\\$select=userPrincipalName,displayName"',
      'az rest --url "https://graph.microsoft.com/v1.0/groups/GROUP_OF_SLOT_2/transitiveMembers?\\$select=userPrincipalName,displayName"'
    ],
    cure: ({ first, second }) =>
      `Take ${listOf(inBothSlots(first, second))} out of the group of one slot (${leavingOf(first, second)}) and retry, or start anew ` +
      'with other people.',
    afterwards: `The directory may take minutes to show it. ${retried}`,
    broken: [{ observed: { first: [somebody], second: [somebody] }, expected: undefined }]
  }
]

/** Of those in both slots, for each group that one is in: whoever stands there by name has no group to leave. */
function leavingOf(first: readonly Standing[], second: readonly Standing[]): string {
  const commands = [...first, ...second]
    .filter(({ objectId }) => [first, second].every((slot) => slot.some((each) => each.objectId === objectId)))
    .flatMap(({ objectId, name }) => {
      const group = / of group (\S+)$/.exec(name)?.[1]
      return group === undefined ? [] : [`az ad group member remove --group ${group} --member-id ${objectId}`]
    })
  return [...new Set(commands)].slice(0, 5).join(' or ') || 'each is named in the request itself'
}
