import { expect, test } from 'vitest'
import { locks } from '../../../../local/azure/arm/authorization/scope-locked.ts'
import { policyAssignments } from '../../../../local/azure/arm/authorization/policies.ts'
import { otherResources, resourceGroups } from '../../../../local/azure/arm/resources/records.ts'
import { deletedVaults, vaults } from '../../../../local/azure/arm/keyvault-management/vault-record.ts'
import { eventSubscriptions, systemTopics } from '../../../../local/azure/eventgrid/topic-record.ts'
import { pageSizes } from '../../../../local/azure/core/page-sizes.ts'
import { arm, nobody, owner, startConversation, type Said } from '../../../contract/conversation.ts'
import { subscriptionIds, tenantId } from './request.ts'

const sub = `/subscriptions/${subscriptionIds[0]}`
const group = `${sub}/resourceGroups/rg`
const vault = `${group}/providers/Microsoft.KeyVault/vaults/locked-vault`
const topic = `${group}/providers/Microsoft.EventGrid/systemTopics/topic`

/** What people ask for with az, and the app does not, spoken without a wire. */
async function started() {
  const talk = startConversation()
  const ask = (method: string, at: string, json?: unknown, as: Said['as'] = owner) => {
    const [path = '', version = ''] = at.split('@')
    return talk.say({ method, url: arm(path, version), ...(json !== undefined && { json }), as })
  }
  const status = () => talk.exchanges.at(-1)?.response.status
  await ask('PUT', `${group}@2025-04-01`, { location: 'westus2' })
  const properties = { tenantId, sku: { family: 'A', name: 'premium' }, accessPolicies: [] }
  await ask('PUT', `${vault}@2026-02-01`, { location: 'westus2', properties })
  return { ...talk, ask, status }
}

const refused = (code: string, part = '') => ({ error: { code, message: expect.stringContaining(part) as unknown } })

// https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
test('a lock that keeps from deleting keeps what lies in it, and its group, and lets all else be written', async () => {
  const { ask, status, world } = await started()
  const at = `${vault}/providers/Microsoft.Authorization/locks/keep@2016-09-01`
  const properties = { level: 'CanNotDelete', notes: 'keys' }
  expect(await ask('PUT', at, { properties })).toMatchObject({ name: 'keep', properties })
  expect(status()).toBe(201)
  for (const locked of [`${vault}@2026-02-01`, `${group}@2025-04-01`])
    expect(await ask('DELETE', locked)).toEqual(refused('ScopeLocked', `are locked: '${vault}'`))
  expect(status()).toBe(409)
  expect(await ask('PATCH', `${vault}@2026-02-01`, { tags: { a: 'b' } })).toMatchObject({ tags: { a: 'b' } })
  const listed = await ask('GET', `${sub}/providers/Microsoft.Authorization/locks@2016-09-01`)
  expect(listed).toMatchObject({ value: [{ name: 'keep' }] })
  expect(await ask('GET', at)).toMatchObject({ properties })
  await ask('DELETE', at)
  expect([status(), locks(world).values()]).toEqual([200, []])
  await ask('DELETE', at)
  expect(status()).toBe(204)
  expect(await ask('GET', at)).toEqual(refused('LockNotFound'))
})

test('a lock that lets only read refuses every write below it but that of locks, which few people may change', async () => {
  const { ask, status } = await started()
  const at = `${sub}/providers/Microsoft.Authorization/locks/still@2016-09-01`
  expect(await ask('PUT', at, { properties: { level: 'Frozen' } })).toEqual(refused('LockLevelInvalid'))
  expect(await ask('PUT', at, { properties: { level: 'ReadOnly' } }, nobody)).toEqual(refused('AuthorizationFailed'))
  await ask('PUT', at, { properties: { level: 'ReadOnly' } })
  expect(await ask('PUT', `${group}@2025-04-01`, { location: 'westus2' })).toEqual(refused('ScopeLocked', 'write'))
  expect(await ask('POST', `${sub}/providers/Microsoft.EventGrid/register@2025-04-01`)).toEqual(refused('ScopeLocked'))
  expect(await ask('GET', `${vault}@2026-02-01`)).toMatchObject({ name: 'locked-vault' })
  await ask('DELETE', at)
  await ask('PUT', `${group}@2025-04-01`, { location: 'westus2' })
  expect(status()).toBe(200)
})

test('a group goes with what is in it, and its vaults can be recovered', async () => {
  const { ask, status, world } = await started()
  otherResources(world).set(`${group}/disk`.toLowerCase(), {
    ...{ id: `${group}/disk`, name: 'disk', type: 'Microsoft.Compute/disks', location: 'westus2' },
    subscriptionId: subscriptionIds[0]
  })
  await withTopic({ ask, world })
  expect(await ask('DELETE', `${group}@2025-04-01`, undefined, nobody)).toEqual(refused('AuthorizationFailed'))
  await ask('DELETE', `${group}@2025-04-01`)
  expect(status()).toBe(200)
  expect([vaults(world).has('locked-vault'), deletedVaults(world).has('locked-vault')]).toEqual([false, true])
  const left = [resourceGroups, otherResources, systemTopics].flatMap((all) =>
    all(world)
      .values()
      .map(({ id }) => id)
  )
  expect(left.filter((id) => `${id}/`.startsWith(`${group}/`))).toEqual([])
  expect(await ask('DELETE', `${group}@2025-04-01`)).toEqual(refused('ResourceGroupNotFound'))
})

type Started = Awaited<ReturnType<typeof started>>

async function withTopic({ ask, world }: Pick<Started, 'ask' | 'world'>): Promise<void> {
  await ask('POST', `${sub}/providers/Microsoft.EventGrid/register@2025-04-01`)
  const properties = { source: vault, topicType: 'Microsoft.KeyVault.vaults' }
  await ask('PUT', `${topic}@2025-02-15`, { location: 'westus2', tags: { a: 'b' }, properties })
  const id = `${topic}/eventSubscriptions/one`
  eventSubscriptions(world).set(id.toLowerCase(), {
    ...{ id, name: 'one', topicId: topic, source: vault, endpointUrl: 'https://app.example/hook?code=secret' },
    ...{ eventDeliverySchema: 'CloudEventSchemaV1_0', includedEventTypes: [], readyAt: 0 },
    ...{ maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
  })
}

// https://learn.microsoft.com/rest/api/eventgrid/controlplane/system-topics
test('topics are shown, changed and taken away, with their subscriptions, which never show the key', async () => {
  const { ask, status, world, exchanges } = await started()
  await withTopic({ ask, world })
  const found = { name: 'topic', tags: { a: 'b' }, properties: { source: vault } }
  expect(await ask('GET', `${topic}@2022-06-15`)).toMatchObject(found)
  expect(await ask('GET', `${sub}/providers/Microsoft.EventGrid/systemTopics@2022-06-15`)).toMatchObject({
    value: [found]
  })
  expect(await ask('PATCH', `${topic}@2025-02-15`, { tags: { c: 'd' } })).toMatchObject({ tags: { c: 'd' } })
  expect(await ask('PATCH', `${topic}@2025-02-15`, { identity: { type: 'UserAssigned' } })).toEqual(
    refused('InvalidRequest', 'identity type')
  )
  expect(await ask('GET', `${topic}/eventSubscriptions/one@2025-02-15`)).toMatchObject({ name: 'one' })
  expect(JSON.stringify(exchanges.at(-1)?.response.json)).not.toContain('secret')
  await ask('DELETE', `${topic}/eventSubscriptions/one@2025-02-15`)
  expect(await ask('GET', `${topic}/eventSubscriptions/one@2025-02-15`)).toEqual(refused('ResourceNotFound'))
  await ask('DELETE', `${topic}/eventSubscriptions/one@2025-02-15`)
  expect(status()).toBe(204)
  await withTopic({ ask, world })
  await ask('DELETE', `${topic}@2025-02-15`)
  expect([status(), eventSubscriptions(world).values()]).toEqual([200, []])
  expect(await ask('GET', `${topic}@2025-02-15`)).toEqual(refused('ResourceNotFound'))
  expect(await ask('DELETE', `${topic}@2019-01-01`)).toEqual(refused('NoRegisteredProviderFound'))
})

// https://learn.microsoft.com/azure/governance/policy/concepts/exemption-structure
test('an exemption is of an assignment that is there, for one of two reasons, by whoever may exempt from it', async () => {
  const { ask, status, world } = await started()
  const id = `${sub}/providers/Microsoft.Authorization/policyAssignments/strict`
  policyAssignments(world).set(id.toLowerCase(), { id, name: 'strict', properties: {} })
  const at = `${group}/providers/Microsoft.Authorization/policyExemptions/ours@2022-07-01-preview`
  const exempt = (policyAssignmentId: string, exemptionCategory: string, as: Said['as'] = owner) =>
    ask('PUT', at, { properties: { policyAssignmentId, exemptionCategory } }, as)
  expect(await exempt(id, 'Whim')).toEqual(refused('InvalidPolicyExemption'))
  expect(await exempt(`${id}-2`, 'Waiver')).toEqual(refused('InvalidCreatePolicyExemptionRequest'))
  expect(await exempt(id, 'Waiver', nobody)).toEqual(refused('AuthorizationFailed'))
  expect(await exempt(id.toUpperCase(), 'Waiver')).toMatchObject({ properties: { policyAssignmentId: id } })
  expect(status()).toBe(201)
  expect(await ask('GET', at)).toMatchObject({ name: 'ours', type: 'Microsoft.Authorization/policyExemptions' })
  const list = `${sub}/providers/Microsoft.Authorization/policyExemptions@2022-07-01-preview`
  expect(await ask('GET', list)).toMatchObject({ value: [{ name: 'ours' }] })
  await ask('DELETE', at)
  expect([status(), await ask('GET', at)]).toEqual([200, refused('PolicyExemptionNotFound')])
})

// https://learn.microsoft.com/rest/api/monitor/activity-logs/list
test('the activity log has what changed or was refused in the subscription, the newest first, and in pages', async () => {
  const { ask, say, world } = await started()
  await ask('DELETE', `${group}@2025-04-01`, undefined, nobody)
  const log = (filter: string) =>
    say({
      method: 'GET',
      url: `${arm(`${sub}/providers/microsoft.insights/eventtypes/management/values`, '2015-04-01')}&$filter=${encodeURIComponent(filter)}`
    })
  const since = "eventTimestamp ge '2026-11-20T00:00:00Z'"
  const names = async (filter: string) =>
    ((await log(filter)) as { value: { operationName: { value: string } }[] }).value.map(
      (each) => each.operationName.value
    )
  const all = ['resourceGroups.delete', 'vaults.createOrUpdate', 'resourceGroups.createOrUpdate']
  expect(await names(since)).toEqual(all)
  expect(await names(`${since} and status eq 'Failed'`)).toEqual(all.slice(0, 1))
  expect(await names(`${since} and resourceGroupName eq 'RG2'`)).toEqual([])
  expect(await log("status eq 'Failed'")).toEqual(refused('BadRequest', 'start time'))
  expect(await log("eventTimestamp ge '2026-01-01T00:00:00Z'")).toEqual(refused('BadRequest', '90 days'))
  expect(await log(`${since} and color eq 'red'`)).toEqual(refused('BadRequest', 'color'))
  pageSizes(world).set('arm', { size: 1 })
  expect(await log(since)).toMatchObject({
    value: [{ status: { value: 'Failed' } }],
    nextLink: expect.stringContaining('skiptoken')
  })
})

test('resources are listed by their group, and locations in one piece', async () => {
  const { say, world } = await started()
  const named = (filter: string) =>
    say({ method: 'GET', url: `${arm(`${sub}/resources`, '2021-04-01')}&$filter=${encodeURIComponent(filter)}` })
  expect(await named("resourceGroup eq 'RG'")).toMatchObject({ value: [{ name: 'locked-vault' }] })
  expect(await named("resourceGroup eq 'rg-2'")).toEqual({ value: [] })
  expect(await named("colour eq 'red'")).toEqual(refused('InvalidFilterInQueryString'))
  pageSizes(world).set('arm', { size: 1 })
  const locations = await say({ method: 'GET', url: arm(`${sub}/locations`, '2019-11-01') })
  expect(locations).not.toHaveProperty('nextLink')
  expect((locations as { value: unknown[] }).value.length).toBeGreaterThan(1)
})
