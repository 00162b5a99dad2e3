import type { Choices } from '../terms/choices.ts'
import { ofSlot, type SlotPair } from '../terms/by-slot.ts'
import type { Slot } from '../terms/evidence.ts'
import type { Workload } from '../terms/workloads.ts'

export type KeySize = 2048 | 3072 | 4096

/** A vault and where it is; its keys are whatever is in it. */
export interface VaultHome {
  readonly slot: Slot
  readonly subscriptionId: string
  readonly region: string
  readonly resourceGroup: string
  readonly vaultName: string
}

/** Everything one policy × slot will have; names are final once made (R31: a vault cannot be renamed). */
export interface VaultPlan extends VaultHome {
  readonly keyName: string
}

export interface PolicyPlan {
  /** `exchange/NA`, or `multi-workload` where there is no scope. */
  readonly id: string
  readonly workload: Workload
  readonly scope: string | undefined
  readonly vaults: SlotPair<VaultPlan>
}

export interface SlotPlan {
  readonly slot: Slot
  readonly subscriptionId: string
  /** Of its resource group, and of every vault whose policy names no other. */
  readonly region: string
  /** One for all its vaults (R32). */
  readonly resourceGroup: string
  /** UPNs and object ids of groups, lower case; any one of them may approve this slot (R11). */
  readonly operators: readonly string[]
  /** The same, of whoever gets the key vault administrators' permissions (R33). Default: the operators. */
  readonly administrators: readonly string[]
}

export interface Plan extends Choices {
  readonly id: string
  readonly organization: { readonly tenantId: string; readonly domain: string }
  readonly slots: SlotPair<SlotPlan>
  readonly policies: readonly PolicyPlan[]
  readonly keySize: KeySize
  /** Who sends the mails to Microsoft: the app, or a person from their own mailbox (R22). */
  readonly mail: 'app' | 'person'
  /** One sentence each: what cannot be undone later. */
  readonly irreversible: readonly string[]
  /** SHA-256, hex, over request, names and irreversible choices; never over observations. */
  readonly digest: string
}

/** What the plan says of one slot. */
export const slotOf = ({ slots }: Pick<Plan, 'slots'>, slot: Slot): SlotPlan => ofSlot(slots, slot)
