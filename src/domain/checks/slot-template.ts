import roles from '../../../infra/roles.json' with { type: 'json' }
import type { RoleHolder } from '../resources/role.ts'
import { holdsAt } from '../terms/resource-scope.ts'
import { roleName } from '../terms/role-names.ts'
import type { Slot } from '../terms/evidence.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { covers } from './role-permissions.ts'

/** What a slot lacks of what `infra/slot.bicep` of this release makes: rights of its identity, and alerts. */
export interface SlotTemplateObserved {
  readonly lacking: readonly LackingRight[]
  /** Ends of their names, e.g. `vault-changed`. */
  readonly alertsMissing: readonly string[]
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
const lacking = {
  lacking: [{ role: 'guard', action: 'ACTION' }],
  alertsMissing: []
} as const

/** A slot that was deployed from an older template, or whose roles somebody has cut: by what Azure shows, not by a mark. */
export const slotTemplateChecks: readonly Check<SlotTemplateObserved, SlotTemplateExpected>[] = [
  {
    code: 'slot-template',
    requirement: 'R7',
    on: 'subscription',
    expected: ({ step }) =>
      `the rights that infra/slot.bicep of this release gives${step === 'preflight' ? ', those for the set-up too' : ' to stay'}, and its alerts`,
    holds: ({ lacking: found, alertsMissing }) => found.length + alertsMissing.length === 0,
    describe: (observed, { slot, namePrefix }) => {
      const { alertsMissing } = observed
      if (observed.lacking.length + alertsMissing.length === 0)
        return 'its roles hold them all, and its alerts are there'
      const lacks = (['guard', 'setup'] as const).flatMap((role) => {
        const actions = observed.lacking.filter((each) => each.role === role).map(({ action }) => action)
        return actions.length === 0 ? [] : [`"${roleName(role, namePrefix, slot)}" lacks ${actions.join(', ')}`]
      })
      const alerts = alertsMissing.length === 0 ? [] : [`there is no alert ${alertsMissing.join(', ')}`]
      return [[...lacks, ...alerts].join('; '), ...(observed.refusal === undefined ? [] : [observed.refusal])].join(
        '. '
      )
    },
    overridable: {
      only: 'Only where Azure refused nothing for want of it',
      when: ({ refusal }) => refusal === undefined
    },
    means:
      'The slot was deployed from an older template than this app’s, or somebody cut its roles or took an alert away: something that the app reads in the ' +
      'subscription, or does for the set-up, is not allowed to its identity, or nobody is told at once of changed roles, vaults, registration or logs. What each right is for stands in `infra/roles.json`. ' +
      'Looked at is what the identity holds at the subscription and above it, whatever the roles are called, and which alerts the group of ' +
      'the slot’s store lists; whether one is switched off, or whom it tells, is not shown there.',
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
        ? ' Or override it with why that is kept back: what it would show is then not looked at, or not told.'
        : ''),
    afterwards: retried,
    broken: [
      { where: 'before the set-up', observed: lacking, expected: { ...expected, step: 'preflight' } },
      {
        where: 'before the hand-off and after it',
        observed: lacking,
        expected: { ...expected, step: 'verification' }
      },
      {
        where: 'Azure refuses something for want of it',
        observed: { ...lacking, refusal: 'Azure Resource Manager refused (403 AuthorizationFailed)' },
        expected: { ...expected, step: 'verification' }
      }
    ]
  }
]
