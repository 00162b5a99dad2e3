import type { ServiceName } from '../../local/azure/core/service-name.ts'
import { deployedResources } from '../../local/azure/arm/deployed/records.ts'
import { delegations } from '../../local/azure/arm/authorization/delegations.ts'
import { policyAssignments, policyDefinitions, policyExemptions } from '../../local/azure/arm/authorization/policies.ts'
import { otherResources } from '../../local/azure/arm/resources/records.ts'
import { deletedVaults, namesHeldElsewhere, vaults } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { keysOf } from '../../local/azure/keyvault/key-record.ts'
import { eligibilities } from '../../local/azure/graph/directory.ts'
import { groups } from '../../local/azure/graph/groups.ts'
import { userId } from '../../local/azure/seed-people.ts'
import type { AnswerName } from '../../src/azure/answers/answers.ts'
import { connectInspector } from '../../src/azure/connect-person.ts'
import { createCredentials } from '../../src/azure/credentials.ts'
import { vaultRole } from '../../src/domain/checks/vault-role.ts'
import { vaultIdOf } from '../../src/domain/terms/vault-id.ts'
import { workloads } from '../../src/domain/terms/workloads.ts'
import { allow } from './deployed.ts'
import { vaultPlan } from './plans.ts'
import { subscriptionIds, tenantId, type Simulation } from './simulation.ts'

/** How the app comes to hear an answer. */
export interface Heard {
  readonly service: ServiceName
  /** What the simulated Azure calls the call, where it has another name for it. */
  readonly operation?: string
  readonly ask: () => Promise<unknown>
}

const sub = subscriptionIds[1]
const group = '0d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b'
const now = '2026-11-02T17:00:00.000Z'
const plan = vaultPlan(1, 'Contoso-CK-EX-NA-VaultA1')
const owner = { tenantId, onboardingId: 'contoso-1', policyId: 'exchange/NA' }
const place = { container: 'backups', name: 'contoso-1/some.keybackup' } as const

/** Every answer of `answers.ts`, and a call that brings it: whoever adds one does not compile before it stands here. */
export function everyAnswer(simulation: Simulation): Record<AnswerName, Heard> {
  const { azure, simulated } = simulation
  const own = azure.slot(1)
  const { graph, mail } = azure.app
  let made = 0
  /** A person who may read what was deployed: here it is the identity of a slot. */
  const inspector = () => {
    const principalId = simulated.seed.identities.slots[0]?.objectId ?? ''
    allow(simulated.world, { tenantId, principalId, actions: ['*'], ids: [sub] })
    for (const [id, properties] of [
      [site, {}],
      [`${site}/config/appsettings`, { A_SETTING: 'some' }]
    ] as const)
      deployedResources(simulated.world).set(id.toLowerCase(), { id, name: 'app', type: 'any', tags: {}, properties })
    return connectInspector(createCredentials(simulation.config)['slot-1'])
  }
  /** A new vault is PUT, one that is there is not. */
  const another = () => vaultPlan(1, `Contoso-CK-EX-VaultB${String(++made)}`)
  const document = { bytes: Buffer.from('content'), contentType: 'text/plain' }
  const events = () => {
    const { identity, store } = simulation.config.events?.deadLetters[1] ?? { identity: '', store: '' }
    const endpoint = simulation.config.events?.endpoint.split('?')[0] ?? ''
    return { region: 'westus2', endpoint, deadLetterIdentity: identity, deadLetterStore: store }
  }
  const arm = (ask: Heard['ask'], operation?: string): Heard => ({
    service: 'arm',
    ask,
    ...(operation && { operation })
  })
  const vaultOf = (ask: Heard['ask']): Heard => ({ service: 'keyvault', ask })
  const directory = (ask: Heard['ask']): Heard => ({ service: 'graph', ask })
  const stored = (ask: Heard['ask']): Heard => ({ service: 'storage', ask })
  /** Azure takes few of these in an hour. */
  const afterAWhile = (ask: Heard['ask']) => async () => {
    await simulated.clock.advance(3600_000)
    return ask()
  }
  const policies = () =>
    own.policies.listForSubscription(sub, { now, written: [`/subscriptions/${sub}/resourceGroups/rg`] })
  return {
    'subscriptions.get': arm(() => own.subscriptions.get(sub)),
    'resources.list': arm(() => own.subscriptions.resources(sub, { vaultNames: [], resourceGroups: [] })),
    'features.get': arm(() => own.features.state(sub)),
    'features.register': arm(() => own.features.register(sub)),
    'subscriptionFeatureRegistrations.get': arm(() => own.features.approval(sub)),
    'providers.get': arm(() => own.providers.keyVault(sub)),
    'providers.register': arm(() => own.providers.register(sub, 'Microsoft.KeyVault')),
    'resourceGroups.get': arm(() => own.resourceGroups.exists(plan)),
    'resourceGroups.createOrUpdate': arm(() =>
      own.resourceGroups.ensure({ ...plan, resourceGroup: `rg-${String(++made)}` }, 'contoso-1')
    ),
    'policyAssignments.list': arm(policies),
    'policyExemptions.list': arm(policies),
    'policyDefinitions.get': arm(policies, 'policyDefinitions.getBuiltIn'),
    'policySetDefinitions.get': arm(policies, 'policySetDefinitions.getBuiltIn'),
    'roleAssignments.listForScope': arm(() => own.roleAssignments.reaching(sub, `/subscriptions/${sub}`)),
    'roleAssignments.create': arm(async () => {
      const { value: custom } = await own.roleAssignments.customRoles(sub)
      return own.roleAssignments.assign(sub, {
        scope: vaultIdOf(plan),
        name: `11111111-0000-4000-8000-${String(++made).padStart(12, '0')}`,
        roleId: vaultRole(custom, 'slotIdentity')?.id ?? '',
        principalId: `44444444-0000-4000-8000-${String(made).padStart(12, '0')}`,
        isServicePrincipal: true
      })
    }),
    'registrationAssignments.list': arm(() => {
      delegations(simulated.world).set('partner', partnersDelegation)
      return own.roleAssignments.delegated(sub, `/subscriptions/${sub}`)
    }),
    'roleEligibilitySchedules.listForScope': arm(() => own.roleAssignments.eligible(sub, `/subscriptions/${sub}`)),
    'roleDefinitions.get': arm(() => own.roleAssignments.reaching(sub, `/subscriptions/${sub}`)),
    'roleDefinitions.list': arm(() => own.roleAssignments.customRoles(sub)),
    'systemTopics.listByResourceGroup': arm(() => own.events.read(plan)),
    'systemTopics.createOrUpdate': arm(async () => {
      const vault = another()
      await own.vaults.create(vault, owner)
      return own.events.make(vault, events(), 'contoso-1')
    }),
    'eventSubscriptions.listBySystemTopic': arm(() => own.events.read(plan)),
    'eventSubscriptions.createOrUpdate': arm(async () => {
      const vault = another()
      await own.vaults.create(vault, owner)
      await own.events.make(vault, events(), 'contoso-1')
      await simulated.clock.advance(60_000)
      return own.events.make(vault, events(), 'contoso-1')
    }),
    'vaults.get': arm(() => own.vaults.read(plan)),
    // Each look has a name of its own: they would share one list.
    'vaults.listBySubscription': arm(() => own.vaults.listed(plan, `look ${String(++made)}`)),
    'vaults.getDeleted': arm(() => own.vaults.name({ ...plan, vaultName: 'Deleted' }, 'contoso-1')),
    'vaults.listDeleted': arm(() => own.vaults.name({ ...plan, vaultName: 'Elsewhere' }, 'contoso-1')),
    'vaults.checkNameAvailability': arm(() => own.vaults.name(plan, 'contoso-1')),
    'vaults.createOrUpdate': arm(() => own.vaults.create(another(), owner)),
    'vaults.update': arm(() => own.vaults.settle(plan, { ...owner, tags: { changed: String(++made) } })),
    'vaults.updateAccessPolicy': arm(() => {
      const objectId = `22222222-0000-4000-8000-${String(++made).padStart(12, '0')}`
      return own.vaults.grant(plan, { tenantId, objectId, keys: ['get'] })
    }),
    'keys.get': vaultOf(() => own.keys.read(plan)),
    'keys.list': vaultOf(() => own.keys.names(plan.vaultName)),
    'keys.listVersions': vaultOf(() => own.keys.versions(plan)),
    'keys.getRotationPolicy': vaultOf(() => own.keys.read(plan)),
    'keys.create': vaultOf(afterAWhile(() => own.keys.create({ ...plan, keyName: `Key${String(++made)}` }, 2048))),
    'keys.update': vaultOf(async () => {
      const { value } = await own.keys.read(plan)
      return own.keys.setExpiry({ ...plan, version: value?.version ?? '' }, new Date('9999-12-31T00:00:00Z'))
    }),
    'keys.backup': vaultOf(() => own.keys.backup(plan)),
    'keys.restore': vaultOf(async () => {
      const { value: backup } = await own.keys.backup(plan)
      for (const key of keysOf(simulated.world)
        .keys()
        .filter((each) => each.startsWith('contoso-ck-drill/')))
        keysOf(simulated.world).delete(key)
      return own.keys.restore('Contoso-CK-Drill', backup)
    }),
    'organization.list': directory(() => graph.organization()),
    'subscribedSkus.list': directory(() => graph.subscribedSkus()),
    'servicePrincipals.get': directory(() => graph.servicePrincipal(workloads.exchange.appId)),
    'servicePrincipals.listAppRoleAssignedTo': directory(() => graph.appRolesGiven(simulation.config.signInClientId)),
    'users.get': directory(() => graph.user('alice@contoso.com')),
    'users.checkMemberGroups': directory(() => graph.groupsAmong(userId(tenantId, 'alice@contoso.com'), [group])),
    'privilegedAccessGroup.listEligibilitySchedules': directory(() =>
      graph.eligibleGroups(userId(tenantId, 'alice@contoso.com'))
    ),
    'users.list': directory(() => graph.usersCalled('alice@contoso.com')),
    'groups.get': directory(() => graph.group(group)),
    'groups.listTransitiveMembers': directory(() => graph.transitiveMembers(group, 10)),
    'emails.send': { service: 'email', ask: afterAWhile(() => mail.send(mailOf(crypto.randomUUID()))) },
    'emails.getSendResult': { service: 'email', ask: afterAWhile(() => mail.sendState(sentMail)) },
    'deployed.get': arm(() => inspector().get(site, '2025-03-01')),
    'deployed.list': arm(() => inspector().list(`${site.slice(0, site.lastIndexOf('/'))}`, '2025-03-01')),
    'deployed.settings': arm(() => inspector().settings(site, '2025-03-01')),
    'blob.get': stored(() => own.store.read(place)),
    'blob.getProperties': stored(() => own.store.properties(place)),
    'blob.put': stored(() => own.store.putNew({ ...place, name: `contoso-1/${String(++made)}` }, document)),
    'container.listBlobs': stored(() => own.store.list('backups', 'contoso-1/')),
    'blob.lease.acquire': stored(() => own.store.withLease(`some/${String(++made)}`, () => Promise.resolve())),
    'blob.lease.release': stored(() => own.store.withLease(`some/${String(++made)}`, () => Promise.resolve()))
  }
}

const partnersDelegation = {
  name: 'partner',
  scope: `/subscriptions/${sub}`,
  managedByTenantId: '55555555-0000-4000-8000-000000000000',
  authorizations: [{ principalId: group, roleDefinitionId: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635' }],
  eligibleAuthorizations: [{ principalId: group, roleDefinitionId: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635' }]
}

const site = `/subscriptions/${sub}/resourceGroups/rg/providers/Microsoft.Web/sites/app`

const sentMail = '33333333-0000-4000-8000-000000000001'
const mailOf = (operationId: string) => ({
  operationId,
  to: ['alice@contoso.com'],
  subject: 'Of no matter',
  text: 'Nothing.',
  html: '<p>Nothing.</p>'
})

/** Puts there what these calls need to find. */
export async function settle({ azure, simulated, config }: Simulation): Promise<void> {
  const { world, clock } = simulated
  const own = azure.slot(1)
  for (const provider of ['Microsoft.KeyVault', 'Microsoft.EventGrid'] as const)
    await own.providers.register(sub, provider)
  await own.resourceGroups.ensure(plan, 'contoso-1')
  const drill = vaultPlan(1, 'Contoso-CK-Drill')
  for (const vault of [plan, drill]) await own.vaults.create(vault, owner)
  await clock.advance(60_000)
  const self = (await azure.app.graph.servicePrincipal(config.identities['slot-1'])).value?.objectId ?? ''
  const keys = ['get', 'list', 'create', 'update', 'backup', 'restore', 'getrotationpolicy']
  for (const vault of [plan, drill]) await own.vaults.grant(vault, { tenantId, objectId: self, keys })
  await own.keys.create(plan, 2048)
  const wanted = config.events?.deadLetters[1] ?? { identity: '', store: '' }
  const target = { region: 'westus2', endpoint: '', deadLetterIdentity: wanted.identity, deadLetterStore: wanted.store }
  await own.events.make(plan, target, 'contoso-1')
  await clock.advance(60_000)
  await own.events.make(plan, target, 'contoso-1')
  await own.store.putNew(place, { bytes: Buffer.from('content'), contentType: 'text/plain' })
  await azure.app.mail.send(mailOf(sentMail))
  const known = vaults(world).get(plan.vaultName.toLowerCase())
  if (!known) throw new Error('the vault was not made')
  namesHeldElsewhere(world).set('elsewhere', {})
  deletedVaults(world).set('deleted', { vault: { ...known, name: 'Deleted' }, deletedAt: clock.now() })
  const alice = userId(tenantId, 'alice@contoso.com')
  groups(world).set(group, { id: group, displayName: 'Keepers', members: [self, alice] })
  eligibilities(world).set('may enter', { id: 'may enter', principalId: alice, groupId: group })
  otherResources(world).set('disk', {
    id: `/subscriptions/${sub}/disk`,
    name: 'disk',
    type: 'Microsoft.Compute/disks',
    location: 'westus2',
    subscriptionId: sub
  })
  settlePolicies(simulated)
}

function settlePolicies({ world }: Simulation['simulated']): void {
  const provider = '/providers/Microsoft.Authorization'
  const policyRule = { if: { field: 'location' }, then: { effect: 'deny' } }
  const define = (type: string, name: string, properties: object): string => {
    const id = `${provider}/${type}/${name}`
    policyDefinitions(world).set(id.toLowerCase(), { id, name, properties })
    return id
  }
  const rule = define('policyDefinitions', 'one', { policyRule })
  const set = define('policySetDefinitions', 'set', { policyDefinitions: [{ policyDefinitionId: rule }] })
  for (const [name, policyDefinitionId] of [
    ['one', rule],
    ['set', set]
  ] as const) {
    const id = `/subscriptions/${sub}${provider}/policyAssignments/${name}`
    policyAssignments(world).set(id.toLowerCase(), { id, name, properties: { policyDefinitionId } })
  }
  const id = `/subscriptions/${sub}${provider}/policyExemptions/x`
  policyExemptions(world).set(id.toLowerCase(), {
    id,
    name: 'x',
    properties: { policyAssignmentId: 'of another', exemptionCategory: 'Waiver' }
  })
}
