import { arm, nobody, owner, type Conversation } from '../conversation.ts'
import { subscriptionIds, tenantId } from '../../local/azure/arm/request.ts'
import { groups } from '../../../local/azure/graph/groups.ts'
import { roleDefinitions } from '../../../local/azure/arm/authorization/roles.ts'

const sub = `/subscriptions/${subscriptionIds[0]}`
const store = 'https://contractstore.blob.core.windows.net'
const version = { 'x-ms-version': '2026-10-06' }
const blockBlob = { ...version, 'x-ms-blob-type': 'BlockBlob' }
const otherLease = '00000000-0000-4000-8000-00000000002e'
const never = { 'if-match': '"0x8D0000000000000"' }

/** Asks, beside what {@link askForEverything} does, for what was recorded: other states, other refusals. */
export async function askMore(conversation: Conversation): Promise<void> {
  await aboutWhatIsNotThere(conversation)
  await aboutWholeVaults(conversation)
  await aboutRoles(conversation)
  await aboutTopics(conversation)
  await aboutKeys(conversation)
  await aboutTheDirectory(conversation)
  await aboutBlobs(conversation)
}

async function aboutWhatIsNotThere({ say }: Conversation): Promise<void> {
  await say({ method: 'GET', url: arm(`${sub}/resourcegroups/none`, '2025-04-01') })
  await say({ method: 'HEAD', url: arm(`${sub}/resourcegroups/none`, '2025-04-01') })
  await say({ method: 'GET', url: arm('/tenants', '2022-12-01') })
  const policies = '/providers/Microsoft.Authorization'
  for (const kind of ['policyDefinitions', 'policySetDefinitions'])
    await say({ method: 'GET', url: arm(`${sub}${policies}/${kind}/none`, '2023-04-01') })
  await say({ method: 'GET', url: arm(`${policies}/policyDefinitions/none`, '2023-04-01'), as: nobody })
}

async function aboutWholeVaults({ say, clock }: Conversation): Promise<void> {
  const path = `${sub}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/whole-vault`
  const network = `${sub}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/n/subnets/s`
  const permissions = { keys: ['get'], secrets: ['get'], certificates: ['get'], storage: ['get'] }
  const properties = {
    tenantId,
    sku: { family: 'A', name: 'premium' },
    enablePurgeProtection: true,
    networkAcls: {
      bypass: 'AzureServices',
      defaultAction: 'Deny',
      ipRules: [{ value: '192.0.2.1/32' }],
      virtualNetworkRules: [{ id: network }]
    },
    accessPolicies: [{ tenantId, objectId: owner.objectId, permissions }]
  }
  const url = arm(path, '2026-02-01')
  await say({ method: 'PUT', url, json: { location: 'westus2', properties } })
  await clock.advance(60_000)
  await say({ method: 'GET', url })
}

async function aboutRoles({ say, world }: Conversation): Promise<void> {
  const [role] = roleDefinitions(world).values()
  if (role === undefined) throw new Error('the seed has no role')
  roleDefinitions(world).set('whole', {
    ...role,
    name: 'whole',
    roleType: 'CustomRole',
    actions: ['*'],
    notActions: ['*/write'],
    dataActions: ['*'],
    notDataActions: ['*/write']
  })
  const authorization = `${sub}/providers/Microsoft.Authorization`
  await say({ method: 'GET', url: arm(`${authorization}/roleDefinitions`, '2022-04-01') })
  const given = {
    roleDefinitionId: `${authorization}/roleDefinitions/whole`,
    principalId: owner.objectId,
    principalType: 'User'
  }
  const about = { condition: 'a condition', conditionVersion: '2.0', description: 'why' }
  for (const [name, more] of [
    ['a', {}],
    ['b', about]
  ] as const)
    await say({
      method: 'PUT',
      url: arm(
        `${sub}/resourceGroups/${name === 'a' ? 'rg' : 'rg-contoso-ck-slot1-store'}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-00000000bbb${name}`,
        '2022-04-01'
      ),
      json: { properties: { ...given, ...more } }
    })
  await say({ method: 'GET', url: arm(`${authorization}/roleAssignments`, '2022-04-01') })
}

/** One that has nothing but what it must have. */
async function aboutTopics({ say }: Conversation): Promise<void> {
  const topics = `${sub}/resourceGroups/rg/providers/Microsoft.EventGrid/systemTopics`
  const source = `${sub}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/whole-vault`
  const properties = { source, topicType: 'Microsoft.KeyVault.vaults' }
  for (let twice = 0; twice < 2; twice++)
    await say({
      method: 'PUT',
      url: arm(`${topics}/plain`, '2025-02-15'),
      json: { location: 'westus2', properties }
    })
  await say({ method: 'GET', url: arm(topics, '2025-02-15') })
}

async function aboutKeys({ say }: Conversation): Promise<void> {
  const key = (path: string, query = '') =>
    `https://standard-vault.vault.azure.net${path}?api-version=2025-07-01${query}`
  const curve = { kty: 'EC', crv: 'P-256' }
  for (let index = 0; index < 2; index++) await say({ method: 'POST', url: key('/keys/curve/create'), json: curve })
  await say({ method: 'GET', url: key('/keys/curve') })
  await say({ method: 'PATCH', url: key('/keys/curve'), json: { attributes: { enabled: true } } })
  await say({ method: 'GET', url: key('/keys/curve/versions', '&maxresults=1') })
  const trigger = { timeAfterCreate: 'P1Y' }
  const json = { lifetimeActions: [{ trigger, action: { type: 'Rotate' } }], attributes: { expiryTime: 'P2Y' } }
  await say({ method: 'PUT', url: key('/keys/curve/rotationpolicy'), json })
  await say({ method: 'GET', url: key('/keys/curve/rotationpolicy') })
  const notThere = { as: 'no token' } as const
  await say({ method: 'POST', url: key('/keys/curve/create'), ...notThere })
  await say({ method: 'PUT', url: key('/keys/curve'), ...notThere })
  await say({ method: 'GET', url: key('/keys'), ...notThere })
}

async function aboutTheDirectory({ say, world }: Conversation): Promise<void> {
  const as = { ...owner, userPrincipalName: 'alice@contoso.com' }
  const graph = (path: string) => `https://graph.microsoft.com/v1.0${path}`
  for (const path of ['/users/alice@contoso.com', '/groups/00000000-0000-4000-8000-0000000000ff', '/domains'])
    await say({ method: 'GET', url: graph(path), as })
  const filter = `$filter=${encodeURIComponent("userPrincipalName eq 'alice@contoso.com'")}`
  await say({ method: 'GET', url: graph(`/users?${filter}`), as })
  const group = { id: '00000000-0000-4000-8000-00000000a11e', displayName: 'Readers', members: [] }
  groups(world).set(group.id, group)
  await say({ method: 'GET', url: graph(`/groups/${group.id}`), as })
}

async function aboutBlobs({ say }: Conversation): Promise<void> {
  const blob = `${store}/locks/more`
  const put = (more: Readonly<Record<string, string>>, url = blob) =>
    say({ method: 'PUT', url, headers: { ...blockBlob, ...more }, body: 'content' })
  await put({})
  const etag = { 'if-none-match': '*' }
  for (const method of ['GET', 'HEAD']) {
    await say({ method, url: blob, headers: { ...version, ...never } })
    await say({ method, url: blob, headers: { ...version, ...etag } })
    await say({ method, url: blob, headers: version, as: nobody })
  }
  await say({ method: 'GET', url: blob, headers: { ...version, 'x-ms-range': 'bytes=900-999' } })
  await put(never)
  await put(etag)
  await put({}, `${store}/nowhere/more`)
  for (const comp of ['metadata', 'properties'])
    await say({ method: 'PUT', url: `${blob}?comp=${comp}`, headers: { ...version, ...never } })
  const list = '<?xml version="1.0" encoding="utf-8"?><BlockList><Latest>bm9uZQ==</Latest></BlockList>'
  for (const condition of [{}, never, etag])
    await say({ method: 'PUT', url: `${blob}?comp=blocklist`, headers: { ...version, ...condition }, body: list })
  const md5 = { ...version, 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }
  await say({ method: 'PUT', url: `${blob}?comp=block&blockid=bm9uZQ==`, headers: md5, body: 'content' })
  await aboutLeases({ say, put, blob })
  await say({ method: 'DELETE', url: blob, headers: { ...version, ...never } })
  await say({ method: 'DELETE', url: blob, headers: version })
  await say({ method: 'DELETE', url: blob, headers: version })
  await aboutContainers({ say })
}

async function aboutLeases({ say, put, blob }: Pick<Conversation, 'say'> & BlobPut): Promise<void> {
  const lease = (action: string, more: Readonly<Record<string, string>>) =>
    say({ method: 'PUT', url: `${blob}?comp=lease`, headers: { ...version, 'x-ms-lease-action': action, ...more } })
  await put({ 'x-ms-lease-id': otherLease })
  await lease('acquire', { 'x-ms-lease-duration': '15', ...never })
  const mine = { 'x-ms-lease-duration': '15', 'x-ms-proposed-lease-id': '00000000-0000-4000-8000-00000000003e' }
  await lease('acquire', mine)
  await lease('acquire', { 'x-ms-lease-duration': '15' })
  await say({ method: 'DELETE', url: blob, headers: version })
  await lease('release', { 'x-ms-lease-id': mine['x-ms-proposed-lease-id'] })
}

interface BlobPut {
  readonly put: (more: Readonly<Record<string, string>>) => Promise<unknown>
  readonly blob: string
}

async function aboutContainers({ say }: Pick<Conversation, 'say'>): Promise<void> {
  for (const [method, name] of [
    ['PUT', 'locks'],
    ['PUT', 'NOT-A-NAME'],
    ['GET', 'nowhere'],
    ['DELETE', 'nowhere']
  ] as const)
    await say({ method, url: `${store}/${name}?restype=container`, headers: version })
}
