import type { Fault } from '../terms/fault.ts'
import {
  geographyCodes,
  geographyNamed,
  isByGeography,
  mayBeGeography,
  type Geography
} from '../terms/microsoft-365-geographies.ts'
import type { Workload } from '../terms/workloads.ts'
import type { SoundRequest } from './sound-request.ts'

/** A workload by geography has one policy for each, whatever it is called, and none beside the one that has no scope. */
export function requestGeographyRules({ policies }: SoundRequest): Fault[] {
  const all = policies.flatMap(({ workload, scope }, index) =>
    workload !== undefined && isByGeography(workload) ? [read(workload, scope, index)] : []
  )
  return all.flatMap((one, place) => [
    ...unknownCode(one),
    ...namedTwice(one, all.slice(0, place)),
    ...unscopedBeside(one, all)
  ])
}

interface ByGeography {
  readonly index: number
  readonly workload: Workload
  readonly scope: string | undefined
  readonly geography: Geography | undefined
}

const read = (workload: Workload, scope: string | undefined, index: number): ByGeography => ({
  index,
  workload,
  scope,
  geography: scope === undefined ? undefined : geographyNamed(scope, workload)
})

function unknownCode({ index, workload, scope, geography }: ByGeography): Fault[] {
  if (scope === undefined || geography !== undefined || mayBeGeography(scope)) return []
  return [
    {
      path: `/policies/${String(index)}/scope`,
      message: `${scope} is no geography of Microsoft 365, and a ${workload} policy is of one. Use ${geographyCodes.join(', ')}.`
    }
  ]
}

/** The same code twice is the same policy twice, which another rule finds. */
function namedTwice({ index, workload, scope = '', geography }: ByGeography, before: readonly ByGeography[]): Fault[] {
  const first = before.find((each) => geography !== undefined && each.geography?.name === geography.name)
  if (first === undefined || geography === undefined || isSameCode(first.scope, scope)) return []
  return [
    {
      path: `/policies/${String(index)}/scope`,
      message:
        `${scope} and ${first.scope ?? ''} are both ${geography.name}, and ${workload} has one policy per geography: an earlier one is that of ` +
        `${geography.name} already. Remove this one or change its scope.`
    }
  ]
}

const isSameCode = (one = '', other: string): boolean => one.toUpperCase() === other.toUpperCase()

/** A policy without a scope is of where the tenant was made: whether another one names that place, nobody here can know. */
function unscopedBeside({ index, workload, scope }: ByGeography, all: readonly ByGeography[]): Fault[] {
  const others = all.filter((each) => each.workload === workload && each.scope !== undefined)
  if (scope !== undefined || others.length === 0) return []
  return [
    {
      path: `/policies/${String(index)}`,
      message:
        `A ${workload} policy without a scope is of the geography in which the tenant was made, and that may be the one of ` +
        `${others.map((each) => each.scope).join(' or ')}. Say which it is: Get-SPOMultiGeoCompanyAllowedDataLocation lists them, and which is the default.`
    }
  ]
}
