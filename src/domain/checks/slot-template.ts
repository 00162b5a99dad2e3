import roles from '../../../infra/roles.json' with { type: 'json' }
import type { RoleHolder } from '../resources/role.ts'
import { holdsAt } from '../terms/resource-scope.ts'
import { roleName } from '../terms/role-names.ts'
import type { Slot } from '../terms/evidence.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { covers } from './role-permissions.ts'

/** What a slot's identity lacks of what `infra/slot.bicep` of this release gives it. */
export interface SlotTemplateObserved {
  readonly lacking: readonly LackingRight[]
  /** What Azure refused to show because of it; absent where it refused nothing. */
  readonly refusal?: string
}

export interface LackingRight {
  readonly role: 'setup' | 'guard'
  readonly action: string
}

export interface SlotTemplateExpected {
  readonly slot: Slot
  readonly subscriptionId: string
  readonly region: string
  readonly namePrefix: string
  /** From verification on the role for the set-up is not to be given again. */
  readonly step: 'preflight' | 'verification'
}

type Held = Pick<RoleHolder, 'actions' | 'scope'>

/**
 * What no role of the identity at its subscription, or above it, allows: of the guard role among those that only read, since
 * nothing else stays, and before the hand-off of the set-up role among all. Whatever the roles are called.
 */
export function lackingRights(
  held: readonly Held[],
  { subscriptionId, step }: Pick<SlotTemplateExpected, 'subscriptionId' | 'step'>
): LackingRight[] {
  const here = held.filter(({ scope }) => holdsAt(scope, `/subscriptions/${subscriptionId}`))
  const staying = here.filter(({ actions }) => actions.every((action) => /\/read$/i.test(action)))
  return [
    ...missing('guard', staying),
    ...(step === 'preflight'
      ? missing('setup', here).filter(({ action }) => !roles.guard.actions.includes(action))
      : [])
  ]
}

const missing = (role: LackingRight['role'], held: readonly Held[]): LackingRight[] =>
  roles[role].actions
    .filter((action) => !held.some(({ actions }) => actions.some((each) => covers(each, action))))
    .map((action) => ({ role, action }))

const expected = { slot: 1, subscriptionId: 'SUB', region: 'REGION', namePrefix: 'PREFIX' } as const
const lacking = [{ role: 'guard', action: 'ACTION' }] as const

/** A slot that was deployed from an older template, or whose roles somebody has cut: by what Azure shows, not by a mark. */
export const slotTemplateChecks: readonly Check<SlotTemplateObserved, SlotTemplateExpected>[] = [
  {
    code: 'slot-template',
    requirement: 'R7',
    on: 'subscription',
    expected: ({ step }) =>
      `the rights that infra/slot.bicep of this release gives${step === 'preflight' ? ', those for the set-up too' : ' to stay'}`,
    holds: ({ lacking: found }) => found.length === 0,
    describe: (observed, { slot, namePrefix }) => {
      if (observed.lacking.length === 0) return 'its roles hold them all'
      const lacks = (['guard', 'setup'] as const).flatMap((role) => {
        const actions = observed.lacking.filter((each) => each.role === role).map(({ action }) => action)
        return actions.length === 0 ? [] : [`"${roleName(role, namePrefix, slot)}" lacks ${actions.join(', ')}`]
      })
      return [lacks.join('; '), ...(observed.refusal === undefined ? [] : [observed.refusal])].join('. ')
    },
    overridable: {
      only: 'Only where Azure refused nothing for want of it',
      when: ({ refusal }) => refusal === undefined
    },
    means:
      'The slot was deployed from an older template than this app’s, or somebody cut its roles: something that the app reads in the ' +
      'subscription, or does for the set-up, is not allowed to its identity. What each right is for stands in `infra/roles.json`. ' +
      'Looked at is what the identity holds at the subscription and above it, whatever the roles are called.',
    look: [
      'az role definition list --custom-role-only true --scope /subscriptions/SUB --query ' +
        `"[?starts_with(roleName, 'Customer Key')].{role:roleName, actions:permissions[0].actions}"`,
      'az role assignment list --subscription SUB --assignee SLOT_IDENTITY --all --include-groups --include-inherited --output table'
    ],
    cure: ({ refusal }, { slot, subscriptionId, region, step }) =>
      `Bring slot ${slot} up to date with infra/slot.bicep of this release and the slot’s own parameters, settingUp=` +
      `${step === 'preflight' ? 'true' : 'false'} (and policiesLocked=true once its policies are locked): az deployment sub create ` +
      `--subscription ${subscriptionId} --location ${region} --parameters slot${slot}.bicepparam. Wait some minutes, then retry.` +
      (refusal === undefined
        ? ' Or override it with why the right is kept back: what it would show is then not looked at.'
        : ''),
    afterwards: retried,
    broken: [
      { where: 'before the set-up', observed: { lacking }, expected: { ...expected, step: 'preflight' } },
      {
        where: 'before the hand-off and after it',
        observed: { lacking },
        expected: { ...expected, step: 'verification' }
      },
      {
        where: 'Azure refuses something for want of it',
        observed: { lacking, refusal: 'Azure Resource Manager refused (403 AuthorizationFailed)' },
        expected: { ...expected, step: 'verification' }
      }
    ]
  }
]
