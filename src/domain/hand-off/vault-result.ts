import type { Slot } from '../terms/evidence.ts'
import type { Workload } from '../terms/workloads.ts'

/** One vault, its key and its backup, as verification read them back. */
export interface VaultResult {
  /** Id of the policy, e.g. `exchange/NA`. */
  readonly policy: string
  readonly workload: Workload
  readonly slot: Slot
  readonly subscriptionId: string
  readonly vaultName: string
  readonly resourceGroup: string
  readonly region: string
  readonly sku: string
  /** `RSA-HSM`, or `RSA` where a test keeps it in software. */
  readonly keyType: string
  /** Of the HSM, as Key Vault numbers them, e.g. `2`; absent where it did not say, and in hand-offs of before 0.2. */
  readonly hsmPlatform?: string
  readonly recoveryLevel: string
  /** Key identifier with version; without it in `keyIdVersionless`. */
  readonly keyId: string
  readonly keyIdVersionless: string
  /** How many versions of the key the vault holds. */
  readonly keyVersions: number
  readonly backup: {
    readonly url: string
    /** In hexadecimal. */
    readonly sha256: string
    /** ISO 8601 UTC */
    readonly immutableUntil: string
    /** When the key's present state was backed up, ISO 8601 UTC; absent in hand-offs of before 0.2. */
    readonly at?: string
  }
}
