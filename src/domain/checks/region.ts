import type { Check } from './checks.ts'

/** Regions of the plan in one subscription, beside those in which Azure offers it key vaults; all in short form. */
export interface RegionsSeen {
  readonly subscriptionId: string
  readonly wanted: readonly string[]
  /** Empty: Azure did not say. */
  readonly offered: readonly string[]
}

/** A region that Azure does not have, or not for this subscription, shows before anything is registered (R31). */
export const regionChecks: readonly Check<RegionsSeen>[] = [
  {
    code: 'region-offered',
    requirement: 'R31',
    expected: 'regions in which Azure offers this subscription key vaults',
    holds: (seen) => missing(seen).length === 0,
    describe: (seen) =>
      seen.offered.length === 0
        ? 'Azure names no region for key vaults'
        : missing(seen)
            .map((region) => `none in ${region}`)
            .join(', ') || seen.wanted.join(', '),
    remedy: (seen) =>
      seen.offered.length === 0
        ? `Run az provider show --subscription ${seen.subscriptionId} --namespace Microsoft.KeyVault. Where it names the regions of ` +
          'vaults, retry; where it does not, override with who knows that they are right.'
        : `Start anew with other regions than ${missing(seen).join(' and ')}: az provider show --subscription ${seen.subscriptionId} ` +
          '--namespace Microsoft.KeyVault lists those of vaults. If it is new to the subscription, ask Microsoft for access, then retry.',
    overridable: ({ offered }) => offered.length === 0
  }
]

const missing = ({ wanted, offered }: RegionsSeen): string[] => wanted.filter((region) => !offered.includes(region))
