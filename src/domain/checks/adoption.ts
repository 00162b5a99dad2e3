import { z } from 'zod'
import type { Check } from './checks.ts'
import { never } from './checks.ts'
import type { Finding, Slot } from '../terms/evidence.ts'
import { quoted } from '../terms/fault.ts'
import { guid, parties, slot, workload } from '../terms/fields.ts'
import type { Workload } from '../terms/workloads.ts'

/** A vault handed to the app, made by somebody else. */
export interface Adoption {
  /** Whose identity looks after it from now on. */
  readonly slot: Slot
  readonly tenantId: string
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly vaultName: string
  /** Whose keys it holds: which of Microsoft's services may wrap with them (R36, R38). */
  readonly workload: Workload
  /** UPNs and object ids of groups. Absent: whoever has an administrator's permissions and no other may have them (R33). */
  readonly administrators?: readonly string[]
}

export interface AdoptionInput extends Adoption {
  /** UPN of who hands it over. */
  readonly by: string
}

export type AdoptionOutcome =
  | { readonly outcome: 'adopted'; readonly vaultName: string; readonly keys: readonly string[] }
  | { readonly outcome: 'refused'; readonly findings: readonly Finding[] }

const vaultPath =
  /^\/subscriptions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/resourceGroups\/([a-z0-9._()-]{1,90})\/providers\/Microsoft\.KeyVault\/vaults\/([a-z][a-z0-9-]{2,23})$/i

/** Body of `POST /api/vaults`. */
export const adoptionBody = z.strictObject({
  slot,
  tenantId: guid,
  vaultId: z.string().regex(vaultPath, {
    error: ({ input }) =>
      `${quoted(input)} is not the resource id of a vault: /subscriptions/…/resourceGroups/…/providers/Microsoft.KeyVault/vaults/…. ` +
      'Copy it from the vault’s properties.'
  }),
  workload,
  administrators: parties.optional()
})

/** The place of a vault that its resource id names. */
export function adoptionOf({ slot: which, vaultId, administrators, ...rest }: z.output<typeof adoptionBody>): Adoption {
  const [, subscriptionId = '', resourceGroup = '', vaultName = ''] = vaultPath.exec(vaultId) ?? []
  const place = { subscriptionId: subscriptionId.toLowerCase(), resourceGroup, vaultName }
  return { slot: which, ...rest, ...place, ...(administrators && { administrators }) }
}

export interface AdoptedSeen {
  readonly vaultName: string
  readonly tagged: boolean
  readonly keys: readonly string[]
}

/** What a vault that others made must show beside the rules of every vault. */
export const adoptionChecks: readonly Check<AdoptedSeen>[] = [
  {
    code: 'vault-tagged',
    requirement: 'R45',
    expected: 'the tag customer-key-onboarding, by which somebody with rights on the vault hands it over',
    holds: ({ tagged }) => tagged,
    describe: ({ tagged }) => (tagged ? 'tagged' : 'without the tag'),
    remedy: ({ vaultName }) =>
      `Run az resource tag --is-incremental --tags customer-key-onboarding=adopted --ids (az keyvault show --name ${vaultName} ` +
      '--query id --output tsv), then send it again.',
    overridable: never
  },
  {
    code: 'vault-has-keys',
    requirement: 'R40',
    expected: 'at least one key',
    holds: ({ keys }) => keys.length > 0,
    describe: ({ keys }) => `${keys.length} keys`,
    remedy: ({ vaultName }) => `Make the key of ${vaultName} first, then send it again.`,
    overridable: never
  }
]
