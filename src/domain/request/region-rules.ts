import type { Fault } from '../terms/fault.ts'
import { geographyNamed } from '../terms/microsoft-365-geographies.ts'
import { areaOf, liesIn } from '../terms/regions.ts'
import type { SoundPolicy, SoundRequest } from './sound-request.ts'

/** The vaults of a policy lie where Microsoft 365 keeps the data it encrypts: one part of the world, that of its scope. */
export function requestRegionRules({ subscriptions: [first, second], policies }: SoundRequest): Fault[] {
  const usual = [first?.region, second?.region] as const
  const apart = apartFault('/subscriptions/1/region', usual)
  return [
    ...apart,
    ...policies.flatMap((policy, index) => [
      ...(policy.regions === undefined ? [] : apartFault(`/policies/${index}/regions/1`, policy.regions)),
      ...elsewhereFaults(policy, { usual, index })
    ])
  ]
}

type RegionPair = readonly [string | undefined, string | undefined]

function apartFault(path: string, [first, second]: RegionPair): Fault[] {
  const [one, other] = [first, second].map((region) => (region === undefined ? undefined : areaOf(region)))
  if (one === undefined || other === undefined || one === other) return []
  return [
    {
      path,
      message:
        `${first ?? ''} lies in ${one} and ${second ?? ''} in ${other}. Both vaults of a pair lie in the geography of their ` +
        'workload: name regions of one.'
    }
  ]
}

/** Each region of a policy is a fault of its own; those of the subscriptions are one fault of the scope. */
function elsewhereFaults(
  { workload, scope, regions }: SoundPolicy,
  { usual, index }: { usual: RegionPair; index: number }
): Fault[] {
  const geography = scope === undefined || workload === undefined ? undefined : geographyNamed(scope, workload)
  if (scope === undefined || geography === undefined) return []
  const { place } = geography
  const elsewhere = (region: string | undefined): region is string =>
    region !== undefined && liesIn(region, place) === false
  const message = (where: string): string =>
    `${where} must lie in ${place}, where scope ${scope} is. Give the policy regions of ${place}, or another scope.`
  if (regions === undefined) {
    const wrong = usual.filter(elsewhere)
    return wrong.length === 0 ? [] : [{ path: `/policies/${index}/scope`, message: message(wrong.join(' and ')) }]
  }
  return regions.flatMap((region, slot) =>
    elsewhere(region) ? [{ path: `/policies/${index}/regions/${slot}`, message: message(region) }] : []
  )
}
