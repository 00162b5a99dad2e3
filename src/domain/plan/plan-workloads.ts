import type { Workload } from '../terms/workloads.ts'
import type { PlanContent } from './plan.ts'

export interface PlanSummary {
  readonly policies: number
  readonly subscriptions: number
  readonly vaults: number
  readonly keys: number
}

export function planSummary({ policies, slots }: Pick<PlanContent, 'policies' | 'slots'>): PlanSummary {
  const vaults = policies.length * slots.length
  return { policies: policies.length, subscriptions: slots.length, vaults, keys: vaults }
}

/** The workloads a plan has policies of, each once, in the request's order. */
export const planWorkloads = ({ policies }: Pick<PlanContent, 'policies'>): Workload[] => [
  ...new Set(policies.map(({ workload }) => workload))
]
