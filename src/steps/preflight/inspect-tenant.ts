import type { Graph } from '../../azure/graph.ts'
import { planWorkloads } from '../../domain/plan/plan-workloads.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import { actedBeforeChecks } from '../../domain/checks/acted-before.ts'
import { runChecks } from '../../domain/checks/checks.ts'
import { tenantChecks } from '../../domain/checks/tenant.ts'
import { licenceStanding } from '../../domain/checks/licences.ts'
import type { PlanContent } from '../../domain/plan/plan.ts'
import { planNow } from '../../domain/plan/replacements.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { actedForOther } from '../people/acted-before.ts'
import { administratorsApart } from './administrators-apart.ts'
import { applicationSeen } from './application-seen.ts'
import { cameBack } from '../mails/came-back.ts'
import { checked } from '../checked.ts'
import { objectIdOf } from './object-id-of.ts'
import { peopleSeen, type PeopleLook } from './people-seen.ts'
import { standInsSeen } from './stand-ins.ts'

/** The tenant, its licences, Microsoft's service principals and the people and groups named (R3, R8, R11, R32, R33, R37, R38). */
export const inspectTenant =
  (reach: PlannedReach): Step<'inspect-tenant'> =>
  async (input) => {
    const { azure, config, plans } = reach
    const { onboarding, now, step = 'preflight' } = input
    const plan = planNow(await plans.workedBy(input), input.replaced ?? [])
    const { graph } = azure.app
    const tenant = await tenantSeen(graph, plan, now)
    const applications = await Promise.all(planWorkloads(plan).map((workload) => applicationSeen(graph, workload, now)))
    const people = await peopleSeen(graph, plan, { at: now, mailed: step === 'preflight' })
    const place = { store: 'app', onboarding, step: `${step}/tenant`, dryRun: 'draft' in input } as const
    const found = await checked(azure, place, [
      tenant.results,
      ...applications.map((each) => each.results),
      ...people.results,
      await actedBefore(azure.app.store, plan, people, now),
      ...(await administratorsApart(azure, plan, now))
    ])
    const mails = step === 'verification' ? await cameBack(azure.app.store, onboarding) : []
    return {
      ...found,
      findings: [...found.findings, ...mails],
      licence: tenant.licence,
      warnings: await standInsSeen(reach, plan, people.found),
      administrators: people.administrators,
      servicePrincipals: Object.fromEntries(
        applications.flatMap(({ workload, objectId }) => (objectId === undefined ? [] : [[workload, objectId]]))
      ),
      slotIdentities: {
        1: await objectIdOf(graph, config.identities['slot-1']),
        2: await objectIdOf(graph, config.identities['slot-2'])
      }
    }
  }

/** Of everybody who is named now: the slots of an earlier onboarding need not be those of this one. */
async function actedBefore(
  store: RecordStore,
  { organization: { tenantId } }: PlanContent,
  { found, slots }: PeopleLook,
  at: string
) {
  const crossed = (await Promise.all(slots.map((each) => actedForOther(store, tenantId, each)))).flat()
  const people = slots.flatMap((each) => each.standing).filter(({ upn }) => upn !== undefined).length
  const about = { resource: 'both slots', suffix: 'tenant', at, call: found.flatMap(({ calls }) => calls) }
  return runChecks(actedBeforeChecks, { people, crossed }, undefined, about)
}

export async function tenantSeen(graph: Graph, { organization }: PlanContent, at: string) {
  const found = await graph.organization()
  const skus = await graph.subscribedSkus()
  const { domain } = organization
  const observed = { verifiedDomains: found.value.verifiedDomains, skus: skus.value }
  const about = { resource: domain, suffix: 'tenant', at, call: [found.call, skus.call] }
  const results = runChecks(tenantChecks, observed, { domain }, about)
  const licence = licenceStanding(skus.value)
  return { results, licence: licence.standing === 'unknown' ? 'unknown' : licence.sku }
}
