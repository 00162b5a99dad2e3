import type { Azure } from '../../azure/connect.ts'
import { joined } from '../../domain/checks/checks.ts'
import { planWorkloads } from '../../domain/plan/plan-workloads.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { covers, type Finding } from '../../domain/terms/evidence.ts'
import type { HandOff } from '../../domain/hand-off/hand-off.ts'
import type { ManagedVault } from '../../records/managed-vault.ts'
import { administratorsApart } from '../preflight/administrators-apart.ts'
import { applicationSeen } from '../preflight/application-seen.ts'
import { tenantSeen } from '../preflight/inspect-tenant.ts'
import { peopleSeen } from '../preflight/people-seen.ts'
import { readHandOffJson } from '../../records/hand-off.ts'
import { keptPlan } from '../../records/plan.ts'
import { adoptedSubscriptionsBroken, planSubscriptionsBroken, registrationsBroken } from './subscriptions-broken.ts'
import { identitiesBroken } from './identities-broken.ts'
import { cameBack } from '../mails/came-back.ts'
import { sweepAt } from '../vaults/rules-broken.ts'
import { unlessUnseen } from './unseen.ts'
import type { Reach } from '../step.ts'

/**
 * What of the hand-offs holds no longer, beside the vaults themselves: by the same checks, on what the same plan says, but for
 * what people overrode before. What does not answer just now says nothing, and is asked again by the next sweep.
 */
export async function promisesBroken(
  reach: Reach,
  homes: readonly ManagedVault[],
  at: string
): Promise<readonly Finding[]> {
  const { azure } = reach
  const found = [
    ...(await registrationsBroken(azure, homes, at)),
    ...(await adoptedSubscriptionsBroken(azure, homes, at))
  ]
  for (const onboarding of new Set(homes.map((home) => home.onboarding).filter((id) => id !== 'adopted')))
    found.push(...(await unlessUnseen(onboarding, () => handOffBroken(reach, onboarding, at))))
  return [...new Map(found.map((finding) => [`${finding.code} ${finding.resource}`, finding])).values()]
}

async function handOffBroken(reach: Reach, onboarding: string, at: string): Promise<readonly Finding[]> {
  const { azure } = reach
  const { store } = azure.app
  const stored = await readHandOffJson(store, onboarding)
  const kept = stored && (await keptPlan(store, onboarding))
  if (!kept) return [] // it goes on still, or was cancelled: nothing was promised
  const { overrides } = stored.handOff
  const findings = [
    ...(await planSubscriptionsBroken(reach, kept.plan, at)),
    ...(await identitiesBroken(reach, kept.plan, at)),
    ...(await unlessUnseen(kept.plan.organization.domain, () => tenantBroken(azure, kept.plan, at))),
    ...(await unlessUnseen('mails to Microsoft', () => cameBack(store, onboarding))),
    ...(await unlessUnseen('both slots', () => administratorsBroken(azure, kept.plan, at))),
    ...(await unlessUnseen('both slots', () => peopleBroken(azure, stored.handOff, { plan: kept.plan, at })))
  ]
  return findings.filter((finding) => !overrides.some((each) => covers(each, finding)))
}

/** Domain, licence and Microsoft's applications (R3, R8, R37, R38). */
async function tenantBroken({ app: { graph } }: Azure, plan: Plan, at: string): Promise<readonly Finding[]> {
  const { results } = await tenantSeen(graph, plan, at)
  const applications = await Promise.all(planWorkloads(plan).map((workload) => applicationSeen(graph, workload, at)))
  return joined([results, ...applications.map((each) => each.results)]).findings
}

/** Whoever administers both resource groups (R32): by the list of roles that the vaults of this sweep are looked at with. */
const administratorsBroken = async (azure: Azure, plan: Plan, at: string): Promise<readonly Finding[]> =>
  joined(await administratorsApart(azure, plan, at, sweepAt(at))).findings

/** Who stands for the slots (R11, R33). Who acts in whose place since is not in the plan: then nobody is looked for. */
async function peopleBroken(
  { app: { graph } }: Azure,
  { replacements }: HandOff,
  { plan, at }: { readonly plan: Plan; readonly at: string }
): Promise<readonly Finding[]> {
  return replacements.length > 0 ? [] : joined((await peopleSeen(graph, plan, { at, mailed: false })).results).findings
}
