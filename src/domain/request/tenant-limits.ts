import type { Fault } from '../terms/fault.ts'
import { geographyNamed, isByGeography } from '../terms/microsoft-365-geographies.ts'
import { workloadNames, workloads, type Workload } from '../terms/workloads.ts'
import type { OnboardingRequest } from './request.ts'

/** A policy that an earlier onboarding of the tenant has made its vault pair for, and handed off. */
export interface PolicyThere {
  readonly onboarding: string
  readonly workload: Workload
  readonly scope: string | undefined
}

type Wanted = OnboardingRequest['policies'][number]

/**
 * Microsoft's limits are a tenant's, and not a request's (R30): what was handed off before counts. What the tenant has beside
 * this deployment, or has given up since, nobody here can know.
 */
export const beyondTenantLimits = (
  { policies }: Pick<OnboardingRequest, 'policies'>,
  there: readonly PolicyThere[]
): Fault[] => [
  ...policies.flatMap((wanted, index) => {
    const same = there.find((each) => isSame(wanted, each))
    return same ? [madeAlready(index, wanted, same)] : []
  }),
  ...workloadNames.flatMap((workload) => tooMany(workload, policies, there))
]

/** Scopes compare without case, and geographies whatever they are called. */
function isSame(wanted: Wanted, there: PolicyThere): boolean {
  if (wanted.workload !== there.workload) return false
  const { workload } = wanted
  const of = (named = ''): string =>
    ((isByGeography(workload) ? geographyNamed(named, workload)?.name : undefined) ?? named).toLowerCase()
  return workloads[workload].scope === 'none' || of(wanted.scope) === of(there.scope)
}

const madeAlready = (index: number, { workload, scope }: Wanted, there: PolicyThere): Fault => ({
  path: scope === undefined ? `/policies/${String(index)}` : `/policies/${String(index)}/scope`,
  message:
    `Onboarding "${there.onboarding}" has handed off ${nameOf(there)} of this tenant, and Microsoft allows ` +
    `${per[workloads[workload].scope]}. Remove this policy; its keys and commands are in the hand-off of "${there.onboarding}".`
})

const per = {
  none: 'one such policy for a tenant',
  geography: 'one policy for each geography',
  any: 'one policy of a workload for each scope'
} as const

const nameOf = ({ workload, scope }: Pick<PolicyThere, 'workload' | 'scope'>): string =>
  scope === undefined ? workload : `${workload}/${scope}`

function tooMany(workload: Workload, policies: readonly Wanted[], there: readonly PolicyThere[]): Fault[] {
  const most = workloads[workload].maximumPolicies
  const before = there.filter((each) => each.workload === workload)
  const wanted = policies.filter((each) => each.workload === workload && !before.some((other) => isSame(each, other)))
  if (wanted.length === 0 || before.length + wanted.length <= most) return []
  const by = [...new Set(before.map(({ onboarding }) => `"${onboarding}"`))].join(', ')
  return [
    {
      path: '/policies',
      message:
        `The tenant has ${String(before.length)} ${workload} policies by ${by}, and ${String(wanted.length)} would come to them. ` +
        `Microsoft allows ${String(most)}: remove some.`
    }
  ]
}
