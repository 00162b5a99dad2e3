import { beforeAll, expect, test } from 'vitest'
import { eligibilities, tenants, users } from '../../local/azure/graph/directory.ts'
import { pageSizes } from '../../local/azure/core/page-sizes.ts'
import { useEveryAnswer } from './use-every-answer.ts'

const pagesHeard = new Set<string>()
const { simulation, heard } = useEveryAnswer()
const lists = [
  'resources.list',
  'policyAssignments.list',
  'policyExemptions.list',
  'roleAssignments.listForScope',
  'roleEligibilitySchedules.listForScope',
  'registrationAssignments.list',
  'roleDefinitions.list',
  'systemTopics.listByResourceGroup',
  'eventSubscriptions.listBySystemTopic',
  'vaults.listBySubscription',
  'vaults.listDeleted'
] as const
const graphLists = [
  'organization.list',
  'subscribedSkus.list',
  'servicePrincipals.listAppRoleAssignedTo',
  'users.list',
  'groups.listTransitiveMembers',
  'privilegedAccessGroup.listEligibilitySchedules'
] as const

beforeAll(() => {
  simulation.simulated.onAnswered(({ service, request: { host, path, query } }) => {
    if (service === 'graph') pagesHeard.add(`${host}${path} ${query.get('$skiptoken') ?? ''}`)
  })
  plantTwoOfEach()
})

/** Of what Graph lists, so that there is a second page. */
function plantTwoOfEach(): void {
  const { world } = simulation.simulated
  const tenant = tenants(world).get('tenant')
  const [sku] = tenant?.skus ?? []
  if (tenant && sku) tenants(world).set('tenant', { ...tenant, skus: [...tenant.skus, { ...sku, skuId: 'another' }] })
  const id = '99999999-0000-4000-8000-000000000001'
  const proxyAddresses = ['smtp:alice@contoso.com']
  users(world).set('alice@partner.example', {
    id,
    displayName: 'A',
    userPrincipalName: 'alice@partner.example',
    proxyAddresses
  })
  for (const [key, found] of eligibilities(world)
    .keys()
    .map((each) => [each, eligibilities(world).get(each)] as const))
    if (found) eligibilities(world).set(`${key} too`, { ...found, id: `${key} too`, groupId: id })
}

// Resource Manager's are `x-ms-pageable` in their published definitions; of Graph's, https://learn.microsoft.com/graph/paging
// says that any may come in pages. How many entries a page has, nobody promises.
test.for([...lists, ...graphLists])('%s says the same in pages of one entry as in one', async (name) => {
  const valueOf = (read: unknown): unknown => (read as { readonly value: unknown }).value // each asks by a Reading
  const sizes = pageSizes(simulation.simulated.world)
  for (const service of ['arm', 'graph']) sizes.delete(service)
  const whole = valueOf(await heard(name).ask())
  for (const service of ['arm', 'graph']) sizes.set(service, { size: 1 })
  pagesHeard.clear()
  expect(valueOf(await heard(name).ask())).toEqual(whole)
  const more = name !== 'organization.list' && graphLists.some((each) => each === name)
  if (more) expect(pagesHeard.size).toBeGreaterThan(1)
})
