import type { z } from 'zod'
import { blob, blobPage, givenLease, storedBlob, takenLease } from './blob.ts'
import { appSettings, deployedResource, deployedResources } from './deployed.ts'
import {
  assignedRoles,
  directoryObject,
  eligibilities,
  ids,
  members,
  organizations,
  servicePrincipal,
  skus,
  user,
  usersFound
} from './directory.ts'
import { subscriptionPage, topicPage } from './event.ts'
import { keyBackup, keyBundle, keys, keyVersions, rotationPolicy } from './key.ts'
import { acceptedMail, mailState } from './mail.ts'
import { named, policyPage } from './policy.ts'
import { delegations, roleAssignments, roleDefinition, roleDefinitions, roleEligibilities } from './role.ts'
import {
  feature,
  featureRegistration,
  madeGroup,
  provider,
  registeredProvider,
  resourceGroup,
  resources,
  subscription
} from './subscription.ts'
import { changedPolicies, deletedVault, deletedVaults, vault, vaultName, vaults } from './vault.ts'
import { done } from './words.ts'

const rows = {
  'subscriptions.get': subscription,
  'resources.list': resources,
  'features.get': feature,
  'features.register': feature,
  'subscriptionFeatureRegistrations.get': featureRegistration,
  'providers.get': provider,
  'providers.register': registeredProvider,
  'resourceGroups.get': resourceGroup,
  'resourceGroups.createOrUpdate': madeGroup,
  'policyAssignments.list': policyPage,
  'policyExemptions.list': policyPage,
  'policyDefinitions.get': named,
  'policySetDefinitions.get': named,
  'roleAssignments.listForScope': roleAssignments,
  'roleAssignments.create': done,
  'roleEligibilitySchedules.listForScope': roleEligibilities,
  'registrationAssignments.list': delegations,
  'roleDefinitions.get': roleDefinition,
  'roleDefinitions.list': roleDefinitions,
  'systemTopics.listByResourceGroup': topicPage,
  'systemTopics.createOrUpdate': done,
  'eventSubscriptions.listBySystemTopic': subscriptionPage,
  'eventSubscriptions.createOrUpdate': done,
  'vaults.get': vault,
  'vaults.listBySubscription': vaults,
  'vaults.getDeleted': deletedVault,
  'vaults.listDeleted': deletedVaults,
  'vaults.checkNameAvailability': vaultName,
  'vaults.createOrUpdate': vault,
  'vaults.update': vault,
  'vaults.updateAccessPolicy': changedPolicies,
  'keys.get': keyBundle,
  'keys.list': keys,
  'keys.listVersions': keyVersions,
  'keys.getRotationPolicy': rotationPolicy,
  'keys.create': keyBundle,
  'keys.update': keyBundle,
  'keys.backup': keyBackup,
  'keys.restore': keyBundle,
  'organization.list': organizations,
  'subscribedSkus.list': skus,
  'servicePrincipals.get': servicePrincipal,
  'servicePrincipals.listAppRoleAssignedTo': assignedRoles,
  'users.get': user,
  'users.list': usersFound,
  'users.checkMemberGroups': ids,
  'privilegedAccessGroup.listEligibilitySchedules': eligibilities,
  'groups.get': directoryObject,
  'groups.listTransitiveMembers': members,
  'emails.send': acceptedMail,
  'emails.getSendResult': mailState,
  'deployed.get': deployedResource,
  'deployed.list': deployedResources,
  'deployed.settings': appSettings,
  'blob.get': blob,
  'blob.getProperties': blob,
  'blob.put': storedBlob,
  'container.listBlobs': blobPage,
  'blob.lease.acquire': takenLease,
  'blob.lease.release': givenLease
} satisfies Record<string, z.ZodType>

export type AnswerName = keyof typeof rows

export type AnswerTo<Name extends AnswerName> = z.output<(typeof rows)[Name]>

/**
 * Every answer that the app hears from Azure, by the call that it is to, and what it must look like to be one. No client
 * sends anything without naming its row (`To` in call.ts); test/azure/unreadable.test.ts gives each row what does not fit.
 */
export const answers: { readonly [Name in AnswerName]: z.ZodType<AnswerTo<Name>> } = rows
