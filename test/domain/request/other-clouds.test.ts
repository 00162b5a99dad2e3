import { describe, expect, test } from 'vitest'
import { parseRequest } from '../../../src/domain/request/request.ts'
import { threeWorkloads } from '../examples.ts'

function messagesAt(path: string, change: Record<string, unknown>): string[] {
  const parsed = parseRequest({ ...threeWorkloads(), ...change })
  return parsed.ok ? [] : parsed.faults.filter((fault) => fault.path === path).map(({ message }) => message)
}

const policies = (policy: Record<string, unknown>) => ({
  policies: [{ workload: 'sharepoint', scope: 'NAM', ...policy }]
})

describe('what this app does not set up is refused in the request, with the reason', () => {
  /** Names of regions: AzureLocation of azure-sdk-for-net; SKUs: the template reference of Microsoft.KeyVault/managedHSMs. */
  test.each([
    ['usgovvirginia', 'AzureUSGovernment'],
    ['USDoDEast', 'AzureUSGovernment'],
    ['chinaeast2', 'AzureChinaCloud'],
    ['germanycentral', 'AzureGermanCloud']
  ])('the region %s', (region, cloud) => {
    const [message, ...more] = messagesAt('/policies/0/regions/0', policies({ regions: [region, 'westus2'] }))
    expect(more).toEqual([])
    expect(message).toMatch(new RegExp(`^"${region}" belongs to another cloud: it is ${cloud} .*by hand`, 'i'))
  })

  test.each(['germanywestcentral', 'germanynorth', 'usgulf1', 'westus3'])(
    'but no region of the public one: %s',
    (region) => {
      expect(messagesAt('/policies/0/regions/0', policies({ regions: [region, 'westus2'] })).join()).not.toMatch(
        /cloud/
      )
    }
  )

  test.each(['contoso.onmicrosoft.us', 'contoso.partner.onmschina.cn'])('the tenant of %s', (domain) => {
    const { organization } = threeWorkloads()
    expect(messagesAt('/organization/domain', { organization: { ...organization, domain } })).toEqual([
      expect.stringMatching(/belongs to another cloud/)
    ])
  })

  test('an admin centre of another cloud', () => {
    const adminUrl = 'https://contoso-admin.sharepoint.us'
    expect(messagesAt('/policies/0/adminUrl', policies({ adminUrl }))).toEqual([expect.stringMatching(/another cloud/)])
  })

  test.each([
    ['sku', 'managed-hsm'],
    ['sku', 'Standard_B1'],
    ['sku', 'Custom_B32'],
    ['keys', 'ManagedHSM']
  ])('a %s of %s', (field, value) => {
    expect(messagesAt(`/${field}`, { [field]: value })).toEqual([
      expect.stringMatching(/asks for Managed HSM, which this app does not set up: .*article of its own.* Use /)
    ])
  })
})
