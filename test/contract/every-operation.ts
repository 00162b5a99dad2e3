import { subscriptionIds, tenantId } from '../local/azure/arm/request.ts'
import { retentions } from '../../local/azure/arm/features/retention.ts'
import { delegations } from '../../local/azure/arm/authorization/delegations.ts'
import { roleEligibilities } from '../../local/azure/arm/authorization/eligibility.ts'
import { roleAssignments } from '../../local/azure/arm/authorization/roles.ts'
import { otherResources, subscriptions } from '../../local/azure/arm/resources/records.ts'
import { undeliverable } from '../../local/azure/email/operation.ts'
import { ingestionHost } from '../../local/azure/insights/service.ts'
import { eventSubscriptions, systemTopics } from '../../local/azure/eventgrid/topic-record.ts'
import { arm, mailHost, mailSender, nobody, owner, type Conversation } from './conversation.ts'
import { aboutBlobs } from './every-blob-operation.ts'
import { askAboutPolicies } from './every-policy.ts'

const sub = `/subscriptions/${subscriptionIds[0]}`
const vaultsPath = `${sub}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults`
const inVaults = (path: string) => arm(path, '2026-02-01')
const key = (path: string) => `https://contract-vault.vault.azure.net${path}?api-version=2025-07-01`
const ingestion = `https://${ingestionHost}/v2.1/track`
const mail = (path: string) => `https://${mailHost}${path}?api-version=2025-09-01`

/** Asks for every operation the simulated Azure has, in an order in which each succeeds, and for some refusals. */
export async function askForEverything(conversation: Conversation): Promise<void> {
  await aboutSubscriptions(conversation)
  await aboutEligibility(conversation)
  await aboutDelegations(conversation)
  await askAboutPolicies(conversation, sub)
  await aboutVaults(conversation)
  await aboutEvents(conversation)
  await aboutKeys(conversation)
  await aboutMail(conversation)
  await aboutTelemetry(conversation)
  await aboutBlobs(conversation)
  await aboutTheDeleted(conversation)
  await whatIsRefused(conversation)
}

async function aboutSubscriptions({ say, world }: Conversation): Promise<void> {
  const known = subscriptions(world).get(subscriptionIds[0])
  if (!known) throw new Error('the seed has no subscription')
  for (const [state, spendingLimit] of everyState) {
    subscriptions(world).set(known.id, { ...known, state, spendingLimit })
    await say({ method: 'GET', url: arm(sub, '2022-12-01') })
  }
  subscriptions(world).set(known.id, known)
  const feature = `${sub}/providers/Microsoft.Features/providers/Microsoft.Resources/features/mandatoryRetentionPeriodEnabled`
  const registration = feature.replace(
    '/providers/Microsoft.Resources/features/',
    '/featureProviders/Microsoft.Resources/subscriptionFeatureRegistrations/'
  )
  await say({ method: 'GET', url: arm('/subscriptions', '2022-12-01') })
  await say({ method: 'GET', url: arm(feature, '2021-07-01') })
  await say({ method: 'POST', url: arm(`${feature}/register`, '2021-07-01') })
  const asked = retentions(world).get(subscriptionIds[0])
  if (!asked) throw new Error('nobody has asked for the registration')
  for (const shows of [
    'NotSpecified',
    'NotRegistered',
    'Pending',
    'Registering',
    'Registered',
    'Unregistering',
    'Unregistered'
  ]) {
    retentions(world).set(asked.subscriptionId, { ...asked, shows, approvedAt: Date.parse('2026-11-30T00:00:00Z') })
    await say({ method: 'GET', url: arm(registration, '2021-07-01') })
  }
  retentions(world).set(asked.subscriptionId, asked)
  await say({ method: 'GET', url: arm(`${sub}/providers/Microsoft.KeyVault`, '2025-04-01') })
  await say({ method: 'POST', url: arm(`${sub}/providers/Microsoft.KeyVault/register`, '2025-04-01') })
  const group = { location: 'westus2', tags: { purpose: 'contract' } }
  await say({ method: 'HEAD', url: arm(`${sub}/resourcegroups/rg`, '2025-04-01') })
  for (let twice = 0; twice < 2; twice++) {
    await say({ method: 'PUT', url: arm(`${sub}/resourcegroups/rg`, '2025-04-01'), json: group })
  }
  await say({ method: 'HEAD', url: arm(`${sub}/resourcegroups/rg`, '2025-04-01') })
  await say({ method: 'GET', url: arm(`${sub}/resourcegroups/rg`, '2025-04-01') })
  const assignments = arm(`${sub}/providers/Microsoft.Authorization/roleAssignments`, '2022-04-01')
  const {
    value: [first]
  } = (await say({ method: 'GET', url: assignments })) as { value: { properties: { roleDefinitionId: string } }[] }
  await say({ method: 'GET', url: arm(first?.properties.roleDefinitionId ?? '', '2022-04-01') })
  const given = arm(
    `${sub}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-00000000aaaa`,
    '2022-04-01'
  )
  const properties = {
    roleDefinitionId: first?.properties.roleDefinitionId,
    principalId: owner.objectId,
    principalType: 'User'
  }
  roleAssignments(world).set('conditional', {
    name: 'conditional',
    scope: sub,
    roleDefinition: first?.properties.roleDefinitionId.split('/').at(-1) ?? '',
    principalId: nobody.objectId,
    principalType: 'ServicePrincipal',
    createdOn: '2026-01-05T17:00:00.0000000Z',
    condition: 'a condition'
  })
  await say({ method: 'GET', url: assignments })
  roleAssignments(world).delete('conditional')
  for (let twice = 0; twice < 2; twice++)
    await say({ method: 'PUT', url: given.replace(`${sub}/`, `${sub}/resourceGroups/rg/`), json: { properties } })
  await say({ method: 'GET', url: arm(`${sub}/providers/Microsoft.Authorization/roleDefinitions`, '2022-04-01') })
  otherResources(world).set('disk', {
    id: `${sub}/disk`,
    name: 'disk',
    type: 'Microsoft.Compute/disks',
    location: 'westus2',
    subscriptionId: subscriptionIds[0]
  })
}

/** More than a page of them. */
async function aboutEligibility({ say, world }: Conversation): Promise<void> {
  for (let index = 0; index < 51; index++)
    roleEligibilities(world).set(String(index), {
      name: String(index),
      scope: index === 0 ? '/' : sub,
      roleDefinition: 'a role',
      principalId: owner.objectId,
      principalType: 'User',
      createdOn: '2026-01-05T17:00:00.0000000Z',
      endsOn: '2027-01-05T17:00:00.0000000Z',
      status: 'Provisioned'
    })
  await say({
    method: 'GET',
    url: arm(`${sub}/providers/Microsoft.Authorization/roleEligibilitySchedules`, '2020-10-01')
  })
}

const everyState = [
  ['Enabled', 'Off'],
  ['Warned', 'On'],
  ['PastDue', 'CurrentPeriodOff'],
  ['Disabled', 'Off'],
  ['Deleted', 'Off']
] as const

const policyOf = (keys: readonly string[]) => ({
  tenantId,
  objectId: owner.objectId,
  applicationId: tenantId,
  permissions: { keys, secrets: ['get'], certificates: ['list'], storage: ['get'] }
})

async function aboutDelegations({ say, world }: Conversation): Promise<void> {
  const authorizations = [{ principalId: owner.objectId, roleDefinitionId: 'a role' }]
  const eligibleAuthorizations = authorizations
  delegations(world).set('d', { name: 'd', scope: sub, managedByTenantId: 't', authorizations, eligibleAuthorizations })
  const listed = arm(`${sub}/providers/Microsoft.ManagedServices/registrationAssignments`, '2022-10-01')
  for (const expand of ['', '&$expandRegistrationDefinition=true'])
    await say({ method: 'GET', url: `${listed}${expand}` })
}

async function aboutVaults({ say, clock }: Conversation): Promise<void> {
  const properties = {
    tenantId,
    sku: { family: 'A', name: 'premium' },
    enableRbacAuthorization: false,
    enableSoftDelete: true,
    softDeleteRetentionInDays: 90,
    networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' },
    accessPolicies: []
  }
  const vault = { location: 'westus2', tags: { purpose: 'contract' }, properties }
  const checked = inVaults(`${sub}/providers/Microsoft.KeyVault/checkNameAvailability`)
  const type = 'Microsoft.KeyVault/vaults'
  await say({ method: 'POST', url: checked, json: { name: 'contract-vault', type } })
  await say({ method: 'POST', url: checked, json: { name: '1', type } })
  await say({ method: 'PUT', url: inVaults(`${vaultsPath}/contract-vault`), json: vault })
  await say({ method: 'POST', url: checked, json: { name: 'contract-vault', type } })
  const plain = {
    ...vault,
    properties: { ...properties, sku: { family: 'A', name: 'standard' }, softDeleteRetentionInDays: 7 }
  }
  await say({ method: 'PUT', url: inVaults(`${vaultsPath}/standard-vault`), json: plain })
  await clock.advance(60_000)
  await say({ method: 'GET', url: inVaults(`${vaultsPath}/contract-vault`) })
  const update = { properties: { enablePurgeProtection: true } }
  await say({ method: 'PATCH', url: inVaults(`${vaultsPath}/contract-vault`), json: update })
  for (const name of ['contract-vault', 'standard-vault']) {
    await say({
      method: 'PUT',
      url: inVaults(`${vaultsPath}/${name}/accessPolicies/add`),
      json: { properties: { accessPolicies: [policyOf(['all', 'wrapKey'])] } }
    })
  }
  await say({ method: 'GET', url: inVaults(`${sub}/providers/Microsoft.KeyVault/vaults`) })
  await say({ method: 'GET', url: inVaults(vaultsPath) })
  await say({ method: 'GET', url: arm(`${sub}/resources`, '2025-04-01') })
}

async function aboutEvents({ say, world }: Conversation): Promise<void> {
  const about = (path: string) =>
    arm(`${sub}/resourceGroups/rg/providers/Microsoft.EventGrid/systemTopics${path}`, '2025-02-15')
  const identity = `${sub}/resourceGroups/rg-contoso-ck-slot1-store/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-contoso-ck-dead-letters-1`
  const store = `${sub}/resourceGroups/rg-contoso-ck-slot1-store/providers/Microsoft.Storage/storageAccounts/ckcontososlot1`
  await say({ method: 'POST', url: arm(`${sub}/providers/Microsoft.EventGrid/register`, '2025-04-01') })
  const topic = {
    location: 'westus2',
    tags: { purpose: 'contract' },
    identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
    properties: { source: `${vaultsPath}/contract-vault`, topicType: 'Microsoft.KeyVault.vaults' }
  }
  for (let twice = 0; twice < 2; twice++) await say({ method: 'PUT', url: about('/topic'), json: topic })
  const properties = {
    destination: { endpointType: 'WebHook', properties: { endpointUrl: 'https://nowhere.example/hook?code=x' } },
    eventDeliverySchema: 'CloudEventSchemaV1_0',
    deadLetterWithResourceIdentity: {
      identity: { type: 'UserAssigned', userAssignedIdentity: identity },
      deadLetterDestination: {
        endpointType: 'StorageBlob',
        properties: { resourceId: store, blobContainerName: 'dead-letters' }
      }
    }
  }
  await say({ method: 'PUT', url: about('/topic/eventSubscriptions/one'), json: { properties } })
  const [found] = systemTopics(world).values()
  if (!found) throw new Error('the system topic was not made')
  const schemas = ['EventGridSchema', 'CustomInputSchema', 'CloudEventSchemaV1_0'] as const
  for (const [index, shows] of [
    'Creating',
    'Updating',
    'Deleting',
    'Succeeded',
    'Canceled',
    'Failed',
    'AwaitingManualAction'
  ].entries()) {
    if (shows !== 'AwaitingManualAction') systemTopics(world).set(shows.toLowerCase(), { ...found, shows })
    eventSubscriptions(world).set(shows, {
      id: shows,
      name: shows,
      topicId: found.id,
      source: found.source,
      endpointUrl: 'https://nowhere.example/hook?code=x',
      eventDeliverySchema: schemas[index] ?? 'CloudEventSchemaV1_0',
      includedEventTypes: ['Microsoft.KeyVault.KeyExpired'],
      maxDeliveryAttempts: 30,
      eventTimeToLiveInMinutes: 1440,
      shows,
      readyAt: 0
    })
  }
  await say({ method: 'GET', url: about('') })
  await say({ method: 'GET', url: about('/topic/eventSubscriptions') })
}

async function aboutKeys({ say, world }: Conversation): Promise<void> {
  const levels = async () => {
    for (const at of ['k', 'k/versions']) await say({ method: 'GET', url: key(`/keys/${at}`) })
  }
  const made = {
    kty: 'RSA-HSM',
    key_size: 2048,
    key_ops: ['wrapKey'],
    tags: { purpose: 'contract' },
    attributes: { nbf: 1, exp: 253402214400 }
  }
  await say({ method: 'POST', url: key('/keys/k/create'), json: made })
  await levels()
  await say({ method: 'POST', url: key('/keys/curve/create'), json: { kty: 'EC-HSM', crv: 'P-256' } })
  await say({ method: 'PATCH', url: key('/keys/k'), json: { tags: { purpose: 'still' } } })
  await say({ method: 'PUT', url: key('/keys/imported'), json: { key: { kty: 'RSA', n: 'A'.repeat(342), e: 'AQAB' } } })
  await say({ method: 'GET', url: `${key('/keys')}&maxresults=1` })
  await say({ method: 'GET', url: key('/keys/k/rotationpolicy') })
  const policy = {
    lifetimeActions: [
      { trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'Rotate' } },
      { trigger: { timeAfterCreate: 'P1Y' }, action: { type: 'Rotate' } }
    ],
    attributes: { expiryTime: 'P90D' }
  }
  await say({ method: 'PUT', url: key('/keys/k/rotationpolicy'), json: policy })
  const backup = await say({ method: 'POST', url: key('/keys/k/backup') })
  await say({ method: 'POST', url: key('/keys/restore').replace('contract-', 'standard-'), json: backup })
  await say({ method: 'POST', url: key('/keys/restore'), json: backup })
  const subscriptionId = subscriptionIds[0]
  retentions(world).set(subscriptionId, { subscriptionId, requestedAt: 1, mailedAt: 1, approvedAt: 1 })
  await levels()
  await say({ method: 'GET', url: key('/keys').replace('contract-', 'standard-') })
}

async function aboutMail({ say, world }: Conversation): Promise<void> {
  const content = { subject: 'Contract', plainText: 'Contract' }
  undeliverable(world).set('nobody@contoso.com', {})
  for (const address of ['alice@contoso.com', 'nobody@contoso.com']) {
    const json = { senderAddress: mailSender, recipients: { to: [{ address }] }, content }
    const sent = (await say({ method: 'POST', url: mail('/emails:send'), json })) as { id: string }
    for (let twice = 0; twice < 2; twice++) await say({ method: 'GET', url: mail(`/emails/operations/${sent.id}`) })
  }
}

async function aboutTelemetry({ say }: Conversation): Promise<void> {
  const data = { baseType: 'MessageData', baseData: { ver: 2, message: 'Contract' } }
  const item = { name: 'Message', time: '2026-11-23T17:00:00.000Z', iKey: tenantId, tags: {}, data }
  await say({ method: 'POST', url: ingestion, json: [item, item] })
}

async function aboutTheDeleted({ say }: Conversation): Promise<void> {
  await say({ method: 'DELETE', url: inVaults(`${vaultsPath}/contract-vault`) })
  await say({ method: 'GET', url: inVaults(`${sub}/providers/Microsoft.KeyVault/deletedVaults`) })
  await say({
    method: 'GET',
    url: inVaults(`${sub}/providers/Microsoft.KeyVault/locations/westus2/deletedVaults/contract-vault`)
  })
}

async function whatIsRefused({ say }: Conversation): Promise<void> {
  const standard = key('/keys/none').replace('contract-', 'standard-')
  await say({ method: 'GET', url: standard })
  await say({ method: 'GET', url: standard, as: nobody })
  await say({ method: 'GET', url: standard, as: 'no token' })
  await say({ method: 'GET', url: arm(sub, '2022-12-01'), as: nobody })
  await say({ method: 'GET', url: arm(sub, '2022-12-01'), as: 'no token' })
  await say({ method: 'GET', url: arm(sub, '1999-01-01') })
  await say({ method: 'GET', url: inVaults(`${vaultsPath}/none`) })
  await say({ method: 'GET', url: mail('/emails/operations/none'), as: nobody })
  await say({ method: 'GET', url: mail('/emails/operations/none') })
  await say({ method: 'POST', url: ingestion, json: [{ name: 'Message' }] })
  await say({ method: 'POST', url: ingestion, body: 'no JSON' })
  await say({ method: 'POST', url: ingestion, json: [], as: nobody })
}
