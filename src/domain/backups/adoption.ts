import { z } from 'zod'
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
