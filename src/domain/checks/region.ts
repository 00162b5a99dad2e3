import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'

/** Where Azure offers a subscription key vaults, in short form. Empty: Azure did not say. */
export interface RegionsObserved {
  readonly offered: readonly string[]
}

/** Regions of the plan in one subscription, in short form. */
export interface RegionsExpected {
  readonly subscriptionId: string
  readonly regions: readonly string[]
}

/** A region that Azure does not have, or not for this subscription, shows before anything is registered (R31). */
export const regionChecks: readonly Check<RegionsObserved, RegionsExpected>[] = [
  {
    code: 'region-offered',
    requirement: 'R31',
    on: 'subscription',
    expected: () => 'regions in which Azure offers this subscription key vaults',
    holds: (observed, expected) => missing(observed, expected).length === 0,
    describe: (observed, expected) =>
      observed.offered.length === 0
        ? 'Azure names no region for key vaults'
        : missing(observed, expected)
            .map((region) => `none in ${region}`)
            .join(', ') || expected.regions.join(', '),
    overridable: {
      only: 'Only where Azure names no region at all',
      when: ({ offered }) => offered.length === 0
    },
    means:
      'Azure offers this subscription no key vaults in a region of the request: the name is misspelt, there is no such region, or ' +
      'the subscription has no access to it. A vault’s region is final, and the registration cannot be undone, so this is found ' +
      'before.',
    look: [
      `az provider show --subscription SUB --namespace Microsoft.KeyVault --query "resourceTypes[?resourceType=='vaults'].locations"`
    ],
    cure: (observed, { subscriptionId, regions }) =>
      observed.offered.length === 0
        ? `Run az provider show --subscription ${subscriptionId} --namespace Microsoft.KeyVault. Where it names the regions of ` +
          'vaults, retry; where it does not, override with who knows that they are right.'
        : `Cancel, and start anew with other regions than ${missing(observed, { regions }).join(' and ')}: az provider show ` +
          `--subscription ${subscriptionId} --namespace Microsoft.KeyVault lists those of vaults. If it is new to the subscription, ` +
          'ask Microsoft’s support for access to it, then retry.',
    afterwards: retried,
    broken: [
      { observed: { offered: ['ANOTHER_REGION'] }, expected: { subscriptionId: 'SUB', regions: ['REGION'] } },
      { observed: { offered: [] }, expected: { subscriptionId: 'SUB', regions: ['REGION'] } }
    ]
  }
]

const missing = ({ offered }: RegionsObserved, { regions }: Pick<RegionsExpected, 'regions'>): string[] =>
  regions.filter((region) => !offered.includes(region))
