import { expect, test } from 'vitest'
import { refuseVersion } from '../../../../local/azure/arm/refuse-version.ts'
import { readJson, readTags } from '../../../../local/azure/arm/read-json.ts'
import { checkApiVersion } from '../../../../local/azure/core/router.ts'
import type { SimulatedRequest } from '../../../../local/azure/core/service.ts'
import { chosen } from '../../../../local/azure/graph/replies.ts'

const request = (change: Partial<SimulatedRequest>): SimulatedRequest => ({
  method: 'PUT',
  host: 'management.azure.com',
  path: '/',
  target: '/',
  query: new Map(),
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: Buffer.from('{}'),
  caller: undefined,
  requestId: 'some',
  ...change
})
const refusal = (status: number, code: string): unknown => expect.objectContaining({ status, code })

test('a body that is not said to be JSON is not read', () => {
  expect(readJson(request({}))).toEqual({})
  for (const type of ['text/plain', 'application/xml', ''])
    expect(() => readJson(request({ headers: { 'content-type': type } }))).toThrow(refusal(415, 'UnsupportedMediaType'))
})

// https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
test('a resource has at most fifty tags, of limited length and characters', () => {
  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, 'x']))
  expect(Object.keys(readTags(tags(50)))).toHaveLength(50)
  const wrong = [
    tags(51),
    { 'a/b': 'x' },
    { 'a<b': 'x' },
    { '': 'x' },
    { a: 'x'.repeat(257) },
    { ['a'.repeat(513)]: 'x' }
  ]
  for (const each of wrong) expect(() => readTags(each)).toThrow(expect.objectContaining({ status: 400 }))
})

const scope = '/subscriptions/s/resourceGroups/g/providers'
// Sources stand in refuse-version.ts.
test.for([
  ['/subscriptions/s', 'InvalidApiVersionParameter'],
  ['/subscriptions/s/resourceGroups/g', 'InvalidApiVersionParameter'],
  ['/subscriptions/s/providers/Microsoft.KeyVault', 'InvalidApiVersionParameter'],
  [`${scope}/Microsoft.KeyVault/vaults/v`, 'NoRegisteredProviderFound'],
  [`${scope}/Microsoft.EventGrid/systemTopics/t/eventSubscriptions/s`, 'NoRegisteredProviderFound'],
  ['/subscriptions/s/providers/Microsoft.ManagedServices/registrationAssignments', 'NoRegisteredProviderFound'],
  [`${scope}/Microsoft.KeyVault/vaults/v/providers/Microsoft.Authorization/roleAssignments/r`, 'InvalidResourceType'],
  ['/subscriptions/s/providers/Microsoft.Authorization/policyAssignments', 'InvalidResourceType']
] as const)('whoever does not know an api-version of %s says so in words of its own', ([path, code]) => {
  const asked = (version: string) => () => {
    const route = {
      method: 'GET',
      path,
      operation: 'some',
      apiVersions: ['2024-01-01'],
      handle: () => ({ status: 200 })
    }
    checkApiVersion(route, request({ path, query: new Map([['api-version', version]]) }), refuseVersion)
  }
  expect(asked('1999-01-01')).toThrow(refusal(400, code))
  expect(asked('')).toThrow(refusal(400, 'MissingApiVersionParameter'))
  expect(asked('2024-01-01')).not.toThrow()
})

// https://learn.microsoft.com/graph/query-parameters#select-parameter
test('Graph refuses to select what it does not have', () => {
  const select = (names: string) => () =>
    chosen(request({ query: new Map([['$select', names]]) }), { id: '1', displayName: 'Somebody' })
  expect(select('id')()).toEqual({ id: '1' })
  expect(select('id,mail')()).toEqual({ id: '1' })
  expect(select('id,mial')).toThrow(refusal(400, 'BadRequest'))
})
