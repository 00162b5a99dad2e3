import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpMethods
} from '@azure/core-rest-pipeline'
import { expect, test } from 'vitest'
import { groups } from '../../../../local/azure/graph/groups.ts'
import { identities } from '../../../../local/azure/token/identities.ts'
import { principals, useArm, type Principal } from '../arm/arm-simulation.ts'
import { tenantId } from '../arm/request.ts'

const arm = useArm()
const denied = { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } }
const scopes = 'https://graph.microsoft.com/.default'

async function ask(
  path: string,
  { as = principals.app, method = 'GET' }: { as?: Principal; method?: HttpMethods } = {}
) {
  const pipeline = createPipelineFromOptions(arm.options())
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ scopes, credential: arm.credential(as) }))
  const request = createPipelineRequest({ url: `https://graph.microsoft.com/v1.0/${path}`, method })
  const { status, bodyAsText, headers } = await pipeline.sendRequest(createDefaultHttpClient(), request)
  const body = JSON.parse(bodyAsText ?? '') as Record<string, unknown>
  return { status, body, requestId: headers.get('request-id') ?? '' }
}

test('the tenant has a licence with the Customer Key plan', async () => {
  const { status, body, requestId } = await ask('subscribedSkus')
  expect([status, body]).toMatchObject([
    200,
    {
      value: [
        {
          skuPartNumber: 'SPE_E5',
          capabilityStatus: 'Enabled',
          servicePlans: [
            { servicePlanId: '6db1f1db-2b46-403f-be40-e39395f08dbb', provisioningStatus: 'Success' },
            {},
            {},
            {}
          ]
        }
      ]
    }
  ])
  expect(arm.around.journal.has(requestId)).toBe(true)
})

test('the organization names its tenant and verified domains, and only what was selected', async () => {
  const { body } = await ask('organization?$select=id,verifiedDomains')
  expect(body['value']).toEqual([
    {
      id: tenantId,
      verifiedDomains: [
        { name: 'contoso.com', isDefault: true, isInitial: false, type: 'Managed', capabilities: 'Email' },
        { name: 'contoso.onmicrosoft.com', isDefault: false, isInitial: true, type: 'Managed', capabilities: 'Email' }
      ]
    }
  ])
})

test("Microsoft's three service principals are found by application id under their own names", async () => {
  const names = await Promise.all(
    [
      '00000002-0000-0ff1-ce00-000000000000',
      '00000003-0000-0FF1-CE00-000000000000',
      'c066d759-24ae-40e7-a56f-027002b5d3e4'
    ].map(async (appId) => (await ask(`servicePrincipals(appId='${appId}')?$select=displayName`)).body['displayName'])
  )
  expect(names).toEqual(['Office 365 Exchange Online', 'Office 365 SharePoint Online', 'M365DataAtRestEncryption'])
})

test('operators and administrators are found by name, each with an object id of its own', async () => {
  const ids = await Promise.all(
    ['alice', 'Bob', 'carol', 'dave'].map(
      async (name) =>
        (await ask(`users/${encodeURIComponent(`${name}@contoso.com`)}?$select=id,displayName`)).body['id']
    )
  )
  expect(ids[0]).toBe(principals.alice.objectId)
  expect(new Set(ids).size).toBe(4)
  expect(await ask(`users/${String(ids[0])}`)).toMatchObject({
    status: 200,
    body: { userPrincipalName: 'alice@contoso.com' }
  })
})

test('a person or application that is not there is said not to exist', async () => {
  for (const path of ['users/mallory@contoso.com', "servicePrincipals(appId='00000000-0000-0000-0000-000000000000')"]) {
    expect(await ask(path)).toMatchObject({ status: 404, body: { error: { code: 'Request_ResourceNotFound' } } })
  }
})

test('an identity without application permissions reads nothing', async () => {
  for (const path of ['subscribedSkus', 'organization', 'users/alice@contoso.com', "servicePrincipals(appId='x')"]) {
    expect(await ask(path, { as: principals.slot1 })).toMatchObject(denied)
  }
})

test('of members the caller may not read it is told type and id alone, and groups need a permission of their own', async () => {
  const { world } = arm.around
  const id = 'aaaaaaaa-0000-4000-8000-000000000001'
  groups(world).set(id, { id, displayName: 'Keepers', members: [principals.alice.objectId] })
  const path = `groups/${id}/transitiveMembers?$select=id,userPrincipalName`
  const type = '#microsoft.graph.user'
  expect((await ask(path)).body['value']).toEqual([
    { '@odata.type': type, id: principals.alice.objectId, userPrincipalName: 'alice@contoso.com' }
  ])
  identities(world).set(principals.app.clientId, { ...principals.app, graphRoles: ['GroupMember.Read.All'] })
  expect((await ask(path)).body['value']).toEqual([
    { '@odata.type': type, id: principals.alice.objectId, userPrincipalName: null }
  ])
  expect((await ask(`groups/${id}`)).body).toMatchObject({ id, displayName: 'Keepers' })
  identities(world).set(principals.app.clientId, { ...principals.app, graphRoles: ['User.Read.All'] })
  for (const each of [path, `groups/${id}`]) expect(await ask(each)).toMatchObject(denied)
})

test('each look needs its own permission', async () => {
  identities(arm.around.world).set(principals.app.clientId, { ...principals.app, graphRoles: ['User.Read.All'] })
  const paths = ['users/alice@contoso.com', 'subscribedSkus', "servicePrincipals(appId='x')"]
  const statuses = await Promise.all(paths.map(async (path) => (await ask(path)).status))
  expect(statuses).toEqual([200, 403, 403])
})

test('the app cannot create a service principal, nor list domains', async () => {
  expect(await ask('servicePrincipals', { method: 'POST' })).toMatchObject(denied)
  expect((await ask('domains')).status).toBe(403)
})
