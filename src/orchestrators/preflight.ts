import { noteDone } from './board.ts'
import type { Activities, LookAgain, Principals, WorkedBy } from '../contracts/activities.ts'
import type { EvidenceRef, Finding } from '../domain/terms/evidence.ts'
import type { PlanContent } from '../domain/plan/plan.ts'
import { listed } from '../domain/terms/by-slot.ts'
import { countOf } from '../domain/terms/words.ts'
import { act, actInSlots, now, type Story } from './durable.ts'
import type { Run } from './run.ts'
import { tellOperators } from './tell-operators.ts'
import { untilHeld, type About } from './until-held.ts'

type TenantLook = Activities['inspect-tenant']['output']
type SubscriptionLook = Activities['inspect-subscription']['output']

export interface Preflight extends Principals {
  readonly evidence: readonly EvidenceRef[]
}

/** Everything that can be known before anything is changed (R2–R8, R12, R31, R37, R38). */
export function* preflight(run: Run): Story<Preflight> {
  yield* tellOperators(run, { kind: 'started', startedBy: run.startedBy })
  const seen = yield* untilHeld(run, preflightAbout(run.plan), () =>
    lookBeforeChanging({ ...run, by: { plan: run.planRef } })
  )
  const names = seen.subscriptions.map((each) => `"${each.name}"`).join(' and ')
  const vaults = countOf(run.plan.policies.length * 2, 'vault name')
  noteDone(
    run.board,
    'Preflight',
    `subscriptions ${names} enabled, paid, same tenant · ${vaults} free · licence ${seen.tenant.licence}`,
    ['R2', 'R3', 'R7', 'R8', 'R31']
  )
  for (const warning of seen.tenant.warnings) noteDone(run.board, 'Warning', warning, ['R11'])
  const { administrators, servicePrincipals, slotIdentities } = seen.tenant
  return {
    administrators,
    servicePrincipals,
    slotIdentities,
    evidence: [seen.tenant.evidence, ...seen.subscriptions.map((each) => each.evidence)]
  }
}

interface PreflightLook extends Pick<Run, 'context' | 'requestId'> {
  readonly by: WorkedBy & LookAgain
}

export interface PreflightResult {
  readonly tenant: TenantLook
  readonly subscriptions: readonly SubscriptionLook[]
  readonly findings: readonly Finding[]
}

/** Reads tenant and subscriptions: before anything is changed, and before the hand-off. By a draft it leaves no evidence. */
export function* lookBeforeChanging({ context, requestId, by }: PreflightLook): Story<PreflightResult> {
  const told = { onboarding: requestId, now: now(context), ...by }
  const tenant = yield* act(context, 'inspect-tenant', told)
  const subscriptions = listed(yield* actInSlots(context, 'inspect-subscription', (slot) => ({ ...told, slot })))
  return { tenant, subscriptions, findings: [tenant, ...subscriptions].flatMap((each) => each.findings) }
}

export const preflightAbout = ({ organization }: Pick<PlanContent, 'organization'>): About => ({
  code: 'preflight',
  requirement: 'R7',
  resource: organization.domain,
  several: true
})
