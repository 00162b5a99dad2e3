import type { Choices } from '../terms/choices.ts'
import { onboardingTag, policyTag } from '../terms/tags.ts'

export interface VaultOwner {
  readonly tenantId: string
  readonly onboardingId: string
  /** e.g. `exchange/NA` */
  readonly policyId: string
  /** Absent: `premium`. */
  readonly sku?: Choices['sku']
  /** Sent at creation only. Absent: `access-policies`. */
  readonly authorization?: Choices['authorization']
  /** Beside the app's own. */
  readonly tags?: Readonly<Record<string, string>>
}

export const tagsOf = ({ tags = {}, onboardingId, policyId }: VaultOwner): Record<string, string> => ({
  ...tags,
  [onboardingTag]: onboardingId,
  [policyTag]: policyId
})

/** What is asked for: every property explicit, since Azure's defaults have flipped before (DESIGN rule 6). */
export const requestedVault = ({ region }: { readonly region: string }, owner: VaultOwner) => ({
  location: region,
  tags: tagsOf(owner),
  properties: {
    tenantId: owner.tenantId,
    sku: { family: 'A' as const, name: owner.sku ?? ('premium' as const) },
    enableRbacAuthorization: owner.authorization === 'rbac',
    enableSoftDelete: true,
    softDeleteRetentionInDays: 90,
    enablePurgeProtection: true,
    publicNetworkAccess: 'Enabled',
    networkAcls: { bypass: 'AzureServices' as const, defaultAction: 'Allow' as const },
    accessPolicies: []
  }
})
