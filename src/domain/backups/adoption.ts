import { z } from 'zod'
import type { Person } from '../people/person.ts'
import type { Finding, Slot } from '../terms/evidence.ts'
import { quoted } from '../terms/fault.ts'
import { guid, parties, slot, workload } from '../terms/fields.ts'
import { vaultOfId } from '../terms/vault-id.ts'
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
  /** Who stands for the slots, where no onboarding has said it and no vault was handed over before. */
  readonly people?: readonly SlotPeople[]
  /** What a person of the other slot has seen, and confirms. */
  readonly confirms?: string
}

interface SlotPeople {
  readonly slot: Slot
  readonly operators: readonly string[]
}

export interface AdoptionInput extends Adoption {
  /** Name of who hands it over, or confirms it, for readers. */
  readonly by: string
  readonly person: Person
}

export type AdoptionOutcome =
  | { readonly outcome: 'adopted'; readonly vaultName: string; readonly keys: readonly string[] }
  /** Nothing is changed until somebody of the other slot has sent the same with `confirms`. */
  | {
      readonly outcome: 'proposed'
      readonly vaultName: string
      readonly keys: readonly string[]
      readonly proposal: string
      /** What holds from its adoption on, in plain words. */
      readonly becomes: readonly string[]
      /** What is looser than what was handed off before, in words; each becomes the rule by being confirmed. */
      readonly loosens: readonly string[]
      readonly next: string
    }
  /** It is not this person's to say. */
  | { readonly outcome: 'barred'; readonly why: string }
  | { readonly outcome: 'refused'; readonly findings: readonly Finding[] }

/** Body of `POST /api/vaults`. */
export const adoptionBody = z.strictObject({
  slot,
  tenantId: guid,
  vaultId: z.string().refine((id) => vaultOfId(id) !== undefined, {
    error: ({ input }) =>
      `${quoted(input)} is not the resource id of a vault: /subscriptions/…/resourceGroups/…/providers/Microsoft.KeyVault/vaults/…. ` +
      'Copy it from the vault’s properties.'
  }),
  workload,
  administrators: parties.optional(),
  people: z
    .array(z.strictObject({ slot, operators: parties }))
    .refine((both) => both.length === 2 && both[0]?.slot !== both[1]?.slot, 'Name the operators of both slots.')
    .optional(),
  confirms: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'It is not the id of a proposal. Send the same without it, and read what is answered.')
    .optional()
})

/** Never: the body was taken by its form. */
const noVault = { subscriptionId: '', resourceGroup: '', vaultName: '' }

/** The place of a vault that its resource id names. */
export function adoptionOf(body: z.output<typeof adoptionBody>): Adoption {
  const { slot: which, tenantId, workload: of, vaultId, administrators, people, confirms } = body
  const { subscriptionId, resourceGroup, vaultName } = vaultOfId(vaultId) ?? noVault
  const place = { subscriptionId: subscriptionId.toLowerCase(), resourceGroup, vaultName }
  return {
    slot: which,
    tenantId,
    workload: of,
    ...place,
    ...(administrators && { administrators }),
    ...(people && { people }),
    ...(confirms !== undefined && { confirms })
  }
}
