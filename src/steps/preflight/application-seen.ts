import type { Graph } from '../../azure/graph.ts'
import { runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { servicePrincipalChecks } from '../../domain/checks/tenant.ts'
import { workloads, type Workload } from '../../domain/terms/workloads.ts'

export interface ApplicationLook {
  readonly workload: Workload
  /** Undefined: the tenant does not know it. */
  readonly objectId: string | undefined
  readonly results: CheckResults
}

/** Microsoft's service of one workload, as the tenant has it (R36, R37, R38). */
export async function applicationSeen(graph: Graph, workload: Workload, at: string): Promise<ApplicationLook> {
  const { appId } = workloads[workload]
  const { value, call } = await graph.servicePrincipal(appId)
  const observed = { appId, objectId: value?.objectId, displayName: value?.displayName, enabled: value?.enabled }
  const results = runChecks(
    servicePrincipalChecks,
    observed,
    { workload },
    { resource: appId, suffix: workload, at, call }
  )
  return { results, workload, objectId: value?.objectId }
}
