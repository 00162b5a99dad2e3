import * as vaults from '@azure/arm-keyvault'
import { KnownMemberType, KnownPrincipalType, KnownStatus } from '@azure/arm-authorization'
import { KnownEmailSendStatus } from '@azure/communication-email'
import { KnownDeletionRecoveryLevel, KnownKeyCurveNames, KnownKeyTypes } from '@azure/keyvault-keys'
import type {
  AccessTier,
  BlobImmutabilityPolicyMode,
  BlobType,
  LeaseDurationType,
  LeaseStateType,
  LeaseStatusType
} from '@azure/storage-blob'
// Not exported, and in no type.
import { KnownStorageErrorCode } from '../../node_modules/@azure/storage-blob/dist/esm/generated/src/models/index.js'
import type { Facts } from './facts.ts'

/** Enumerations whose words are not those that the SDK clients know, which are generated from the same definitions. */
export function unlikeTheClients(held: Facts): string[] {
  // The client of a later version also knows devices.
  const principals: readonly string[] = Object.values(KnownPrincipalType)
  const strangers = (held.enums['PrincipalType'] ?? []).filter((word) => !principals.includes(word))
  return [
    ...strangers,
    ...Object.entries(known)
      .filter(([name, words]) => Object.values(words).toSorted().join() !== held.enums[name]?.toSorted().join())
      .map(([name]) => name)
  ]
}

// The client of Blob Storage has these words as types only: the objects do not compile with one more or one less.
const leaseStates: Record<LeaseStateType, 1> = { available: 1, leased: 1, expired: 1, breaking: 1, broken: 1 }
const leaseStatuses: Record<LeaseStatusType, 1> = { locked: 1, unlocked: 1 }
const leaseDurations: Record<LeaseDurationType, 1> = { infinite: 1, fixed: 1 }
const blobTypes: Record<BlobType, 1> = { BlockBlob: 1, PageBlob: 1, AppendBlob: 1 }
const policyModes: Record<BlobImmutabilityPolicyMode, 1> = { Mutable: 1, Unlocked: 1, Locked: 1 }
/** `Premium` is in the definition of what is answered, not of what is asked, which the client is made from. */
const accessTiers: Record<AccessTier | 'Premium', 1> = {
  P4: 1,
  P6: 1,
  P10: 1,
  P15: 1,
  P20: 1,
  P30: 1,
  P40: 1,
  P50: 1,
  P60: 1,
  P70: 1,
  P80: 1,
  Hot: 1,
  Cool: 1,
  Archive: 1,
  Premium: 1,
  Cold: 1,
  Smart: 1
}
const wordsOf = (words: Readonly<Record<string, 1>>) =>
  Object.fromEntries(Object.keys(words).map((word) => [word, word]))

// What else the clients export is of values.
const known: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  EligiblePrincipalType: KnownPrincipalType,
  MemberType: KnownMemberType,
  Status: KnownStatus,
  DeletionRecoveryLevel: KnownDeletionRecoveryLevel,
  JsonWebKeyType: KnownKeyTypes,
  JsonWebKeyCurveName: KnownKeyCurveNames,
  EmailSendStatus: KnownEmailSendStatus,
  VaultProvisioningState: vaults.KnownVaultProvisioningState,
  Reason: vaults.KnownReason,
  SkuFamily: vaults.KnownSkuFamily,
  KeyPermission: vaults.KnownKeyPermissions,
  SecretPermission: vaults.KnownSecretPermissions,
  CertificatePermission: vaults.KnownCertificatePermissions,
  StoragePermission: vaults.KnownStoragePermissions,
  NetworkRuleAction: vaults.KnownNetworkRuleAction,
  NetworkRuleBypassOptions: vaults.KnownNetworkRuleBypassOptions,
  CreatedByType: vaults.KnownCreatedByType,
  StorageErrorCode: KnownStorageErrorCode,
  LeaseStateType: wordsOf(leaseStates),
  LeaseStatusType: wordsOf(leaseStatuses),
  LeaseDurationType: wordsOf(leaseDurations),
  BlobType: wordsOf(blobTypes),
  BlobImmutabilityPolicyMode: wordsOf(policyModes),
  AccessTier: wordsOf(accessTiers)
}
