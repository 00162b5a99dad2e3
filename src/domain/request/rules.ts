import type { Fault } from '../terms/fault.ts'
import { partyName } from '../people/parties.ts'
import { requestNameRules } from './name-rules.ts'
import { requestGeographyRules } from './geography-rules.ts'
import { requestRegionRules } from './region-rules.ts'
import type { SoundPolicy, SoundRequest } from './sound-request.ts'
import { workloadNames, workloads } from '../terms/workloads.ts'

/** Faults of rules between fields. The rules know nothing of each other, and none stops another. */
export const requestRules = (request: SoundRequest): Fault[] => [
  ...subscriptionsBeyondTwo(request),
  ...slotsTakenTwice(request),
  ...subscriptionsNamedTwice(request),
  ...peopleInBothSlots(request),
  ...addressesOfOthers(request),
  ...regionsNamedTwice(request),
  ...requestRegionRules(request),
  ...scopesOfWholeTenant(request),
  ...policiesNamedTwice(request),
  ...requestGeographyRules(request),
  ...adminCentresOfOthers(request),
  ...tooManyPolicies(request),
  ...standardForProduction(request),
  ...requestNameRules(request)
]

const subscriptionsBeyondTwo = ({ subscriptions }: SoundRequest): Fault[] =>
  subscriptions.length > 2
    ? [
        {
          path: '/subscriptions',
          message: `There are ${subscriptions.length} subscriptions. Name exactly two, one per slot.`
        }
      ]
    : []

const slotsTakenTwice = ({ subscriptions }: SoundRequest): Fault[] =>
  repeats(subscriptions.map(({ slot }) => slot)).map(({ index, value }) => ({
    path: `/subscriptions/${index}/slot`,
    message: `Slot ${value} is taken by two subscriptions. Give one subscription slot 1 and the other slot 2.`
  }))

const subscriptionsNamedTwice = ({ subscriptions }: SoundRequest): Fault[] =>
  repeats(subscriptions.map(({ id }) => id)).map(({ index, value }) => ({
    path: `/subscriptions/${index}/id`,
    message: `Subscription ${value} is named twice. Customer Key needs two different subscriptions: name another.`
  }))

/** R11, R32: who looks after one key must not be able to touch the other. What groups hold, `slots-disjoint` compares. */
function peopleInBothSlots({ subscriptions: [first, second] }: SoundRequest): Fault[] {
  const ofFirst = new Set([...(first?.operators ?? []), ...(first?.administrators ?? [])])
  return (['operators', 'administrators'] as const).flatMap((role) =>
    (second?.[role] ?? []).flatMap((person, index) =>
      person !== undefined && ofFirst.has(person)
        ? [
            {
              path: `/subscriptions/1/${role}/${index}`,
              message: `${partyName(person)} is named in both subscriptions. Different people look after each key: name another.`
            }
          ]
        : []
    )
  )
}

/** An address is given for somebody whom the request names, by the same name. */
function addressesOfOthers({ subscriptions, addresses = {} }: SoundRequest): Fault[] {
  const named = new Set(subscriptions.flatMap(({ operators, administrators }) => [...operators, ...administrators]))
  return Object.keys(addresses)
    .filter((name) => !named.has(name))
    .map((name) => ({
      path: `/addresses/${name}`,
      message: `${name} is no operator or administrator of this request. Give addresses by the names that stand there.`
    }))
}

const regionsNamedTwice = ({ subscriptions, policies }: SoundRequest): Fault[] => [
  ...repeats(subscriptions.map(({ region }) => region)).map(({ index, value }) => ({
    path: `/subscriptions/${index}/region`,
    message: sameRegion(value)
  })),
  ...policies.flatMap(({ regions }, index) =>
    regions !== undefined && regions[0] === regions[1]
      ? [{ path: `/policies/${index}/regions/1`, message: sameRegion(regions[1]) }]
      : []
  )
]

const sameRegion = (region: string): string =>
  `Both vaults of a pair would lie in ${region}. A pair needs two different regions: name another.`

const scopesOfWholeTenant = ({ policies }: SoundRequest): Fault[] =>
  policies.flatMap(({ workload, scope }, index) =>
    workload !== undefined && workloads[workload].scope === 'none' && scope !== undefined
      ? [
          {
            path: `/policies/${index}/scope`,
            message: `A ${workload} policy covers all users and has no scope, but ${scope} is given. Remove it.`
          }
        ]
      : []
  )

const policiesNamedTwice = ({ policies }: SoundRequest): Fault[] =>
  repeats(policies.map(policyIdentity)).map(({ index, value }) => ({
    path: `/policies/${index}`,
    message: `Policy ${value} is named twice: a scope has one policy per workload. Remove it or change its scope.`
  }))

/** Only SharePoint has an admin centre for each geography. */
const adminCentresOfOthers = ({ policies }: SoundRequest): Fault[] =>
  policies.flatMap(({ workload, adminUrl }, index) =>
    adminUrl !== undefined && workload !== undefined && workloads[workload].scope !== 'geography'
      ? [
          {
            path: `/policies/${index}/adminUrl`,
            message: `A policy of ${workload} has no SharePoint admin centre, but ${adminUrl} is given. Remove it.`
          }
        ]
      : []
  )

/** Scopes compare without case, as vault names do. A wrong scope of `multi-workload` makes no other policy. */
const policyIdentity = ({ workload, scope }: SoundPolicy): string | undefined =>
  workload === undefined || workloads[workload].scope === 'none' || scope === undefined
    ? workload
    : `${workload}/${scope.toUpperCase()}`

/** Of what has no scope a second policy is one named twice already. */
const tooManyPolicies = ({ policies }: SoundRequest): Fault[] =>
  workloadNames
    .filter((workload) => workloads[workload].scope !== 'none')
    .flatMap((workload) => {
      const count = policies.filter((policy) => policy.workload === workload).length
      const most = workloads[workload].maximumPolicies
      return count > most
        ? [
            {
              path: '/policies',
              message: `There are ${count} ${workload} policies. Microsoft allows ${most}: remove some.`
            }
          ]
        : []
    })

/** R28. A purpose that cannot be read is a fault of its own. */
const standardForProduction = ({ purpose, sku }: SoundRequest): Fault[] =>
  sku === 'standard' && purpose !== 'test'
    ? [
        {
          path: '/sku',
          message:
            'Keys for production live in Premium vaults, which have a hardware security module. Remove sku, or say purpose "test".'
        }
      ]
    : []

/** Every value that stood earlier in the list already, with its position. */
const repeats = <Value>(values: readonly (Value | undefined)[]): { index: number; value: Value }[] =>
  values.flatMap((value, index) => (value !== undefined && values.indexOf(value) < index ? [{ index, value }] : []))
