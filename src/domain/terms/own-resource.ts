import { onboardingTag, partTag } from './tags.ts'

/** A resource of a subscription as Azure lists it. */
export interface TaggedResource {
  readonly type: string
  readonly tags: Readonly<Record<string, string>>
}

/**
 * Whether it is Customer Key's: something that an onboarding makes, or the slot's deployment, and tagged as theirs. A tag alone
 * proves nothing: anybody may put it on a virtual machine.
 */
export const isOwnResource = ({ type, tags }: TaggedResource): boolean =>
  (tags[onboardingTag] !== undefined && isAmong(made, type)) || (tags[partTag] !== undefined && isAmong(deployed, type))

/** By an onboarding. */
const made = ['Microsoft.KeyVault/vaults', 'Microsoft.EventGrid/systemTopics']

/** By infra/slot.bicep. */
const deployed = [
  'Microsoft.Storage/storageAccounts',
  'Microsoft.ManagedIdentity/userAssignedIdentities',
  'Microsoft.Network/privateEndpoints'
]

const isAmong = (types: readonly string[], type: string): boolean =>
  types.some((each) => each.toLowerCase() === type.toLowerCase())
