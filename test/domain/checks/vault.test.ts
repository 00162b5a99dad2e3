import type { Vault } from '../../../src/domain/resources/vault.ts'
import { describe, expect, test } from 'vitest'
import { vaultName as nameOf } from '../../../src/domain/request/naming.ts'
import { workloadNames, type Workload } from '../../../src/domain/terms/workloads.ts'
import { vaultTellsChecks } from '../../../src/domain/checks/vault-tells.ts'
import { vaultNameChecks } from '../../../src/domain/checks/vault-name.ts'
import { vaultChecks } from '../../../src/domain/checks/vault.ts'
import type { VaultPlan } from '../../../src/domain/plan/plan.ts'
import { findingsOf } from '../holding.ts'
import { planOf, threeWorkloads } from '../examples.ts'
import { matching } from '../matching.ts'

const plan = planOf(threeWorkloads())
const { tenantId } = plan.organization
const vault: VaultPlan = {
  slot: 1,
  subscriptionId: plan.slots[0].subscriptionId,
  region: 'westus2',
  resourceGroup: 'rg-contoso-ck-slot1',
  vaultName: 'Contoso-CK-EX-NA-VaultA1',
  keyName: 'Contoso-CK-EX-NA-VaultA1-Key001'
}

/** As ARM answers: other case, spaced region. */
const sound: Vault = {
  name: vault.vaultName.toUpperCase(),
  subscriptionId: vault.subscriptionId.toUpperCase(),
  resourceGroup: vault.resourceGroup.toUpperCase(),
  region: 'West US 2',
  sku: 'Premium',
  tenantId: tenantId.toUpperCase(),
  provisioningState: 'Succeeded',
  enableSoftDelete: true,
  softDeleteRetentionInDays: 90,
  enablePurgeProtection: true,
  enableRbacAuthorization: false,
  networkDefaultAction: 'Allow',
  networkBypass: 'AzureServices',
  publicNetworkAccess: 'Enabled',
  tags: {},
  accessPolicies: []
}
const expected = { vault, tenantId, purpose: 'production', authorization: 'access-policies' } as const
const found = (change: Partial<Vault>) => findingsOf(vaultChecks, { ...sound, ...change }, expected)

test.each([
  ['Standard', 'test', []],
  ['Standard', 'production', ['vault-premium']],
  ['free', 'test', ['vault-premium']]
] as const)('SKU %s in %s', (sku, purpose, codes) => {
  expect(Object.keys(findingsOf(vaultChecks, { ...sound, sku }, { ...expected, purpose }))).toEqual(codes)
})

test.each([
  [true, 'rbac', true],
  [false, 'rbac', false],
  [undefined, 'rbac', false],
  [undefined, 'access-policies', false]
] as const)('Azure RBAC %s under %s', (enableRbacAuthorization, authorization, holds) => {
  const findings = findingsOf(vaultChecks, { ...sound, enableRbacAuthorization }, { ...expected, authorization })
  expect(Object.keys(findings)).toEqual(holds ? [] : ['vault-authorization'])
})

test('a vault made as planned passes, however Azure spells it', () => {
  expect(found({})).toEqual({})
})

test.each<[string, Partial<Vault>, string, string]>([
  ['in another subscription', { subscriptionId: plan.slots[1].subscriptionId }, 'vault-subscription', 'R27'],
  ['in another resource group', { resourceGroup: 'rg-other' }, 'vault-group', 'R27'],
  ['not yet made', { provisioningState: 'RegisteringDns' }, 'vault-group', 'R27'],
  ['of another name', { name: 'other' }, 'vault-named', 'R31'],
  ['in another region', { region: 'westus' }, 'vault-region', 'R31'],
  ['of another tenant', { tenantId: plan.slots[0].subscriptionId }, 'vault-tenant', 'R8'],
  ['of the standard SKU', { sku: 'standard' }, 'vault-premium', 'R28'],
  ['without soft delete', { enableSoftDelete: false }, 'vault-soft-delete', 'R39'],
  ['of unknown soft delete', { enableSoftDelete: undefined }, 'vault-soft-delete', 'R39'],
  ['of 89 days', { softDeleteRetentionInDays: 89 }, 'vault-retention', 'R39'],
  ['of unknown retention', { softDeleteRetentionInDays: undefined }, 'vault-retention', 'R39'],
  ['without purge protection', { enablePurgeProtection: undefined }, 'vault-purge-protection', 'R39'],
  ['under Azure RBAC', { enableRbacAuthorization: true }, 'vault-authorization', 'R33'],
  ['with no word on Azure RBAC', { enableRbacAuthorization: undefined }, 'vault-authorization', 'R33'],
  ['behind a closed firewall', { networkDefaultAction: 'Deny', networkBypass: 'None' }, 'vault-network', 'R36'],
  ['without public access', { publicNetworkAccess: 'Disabled', networkBypass: 'None' }, 'vault-network', 'R36'],
  [
    'without public access, and of no word on Microsoft’s services',
    { publicNetworkAccess: 'disabled', networkBypass: undefined },
    'vault-network',
    'R36'
  ]
])('a vault %s does not pass, and nobody may override it', (_title, change, code, requirement) => {
  const findings = found(change)
  expect(Object.keys(findings)).toEqual([code])
  expect(findings[code]).toMatchObject({ requirement, overridable: false })
})

test('a firewall that lets trusted Microsoft services pass is no hindrance, and public access is not what they need', () => {
  expect(found({ networkDefaultAction: 'Deny', networkBypass: 'AzureServices' })).toEqual({})
  expect(found({ publicNetworkAccess: 'Disabled' })).toEqual({})
})

describe('a vault name', () => {
  const { vaultName } = vault
  const name = {
    vaultName,
    available: false,
    reason: 'AlreadyExists',
    ours: false,
    softDeleted: false,
    heldBy: undefined
  }

  test('is free, or ours already', () => {
    expect(findingsOf(vaultNameChecks, { ...name, available: true, reason: undefined }, undefined)).toEqual({})
    expect(findingsOf(vaultNameChecks, { ...name, ours: true }, undefined)).toEqual({})
  })

  test('that somebody holds asks for another', () => {
    expect(findingsOf(vaultNameChecks, name, undefined)).toMatchObject({
      'vault-name-free': { requirement: 'R31', remedy: matching(/another namePrefix/), overridable: false }
    })
  })

  test('that stands where the plan puts it, of another onboarding or of nobody’s, may be taken over, on an operator’s word', () => {
    expect(findingsOf(vaultNameChecks, { ...name, heldBy: 'contoso-0' }, undefined)).toMatchObject({
      'vault-name-free': {
        observed: matching(/by onboarding "contoso-0"/),
        remedy: matching(/takes it and its key over/),
        overridable: true
      }
    })
    expect(findingsOf(vaultNameChecks, { ...name, heldBy: '' }, undefined)).toMatchObject({
      'vault-name-free': { observed: matching(/without a tag of this app/), overridable: true }
    })
  })

  test('that a deleted vault of ours holds may be recovered, on an operator’s word', () => {
    expect(findingsOf(vaultNameChecks, { ...name, softDeleted: true }, undefined)).toMatchObject({
      'vault-name-free': {
        observed: 'held by a deleted vault',
        remedy: matching(/recovers it with all its keys/),
        overridable: true
      }
    })
    expect(findingsOf(vaultNameChecks, { ...name, deletedIn: 'northeurope' }, undefined)).toMatchObject({
      'vault-name-free': {
        observed: 'held by a vault of this subscription that was deleted in northeurope',
        remedy: matching(/can only come back where it was.*Start anew with vaultNames/),
        overridable: false
      }
    })
  })
})

describe('the name of a vault', () => {
  const found = (vaultName: string, workload: Workload, scope?: string) =>
    Object.keys(findingsOf(vaultTellsChecks, { vaultName }, { workload, scope }))

  test('as the app makes it tells the policy, whatever stands before it', () => {
    for (const namePrefix of ['Contoso', 'SP-Group', 'EX', 'm365'])
      for (const workload of workloadNames)
        for (const scope of workload === 'multi-workload' ? [undefined] : ['NA', 'Board'])
          expect(found(nameOf({ namePrefix, workload, scope, slot: 1 }), workload, scope)).toEqual([])
  })

  test.each([
    ['Fabri-Board-One', 'exchange', 'Board'],
    ['contosoExchangeBoard1', 'exchange', 'Board'],
    ['CK-M365-1', 'multi-workload', undefined],
    ['multi-keys-2', 'multi-workload', undefined]
  ] as const)('may be %s', (vaultName, workload, scope) => {
    expect(found(vaultName, workload, scope)).toEqual([])
  })

  test.each([
    ['Zebra-77', 'exchange', 'NA'],
    ['Zebra-77', 'multi-workload', undefined],
    ['Contoso-CK-SP-NA-VaultA1', 'exchange', 'NA'],
    ['Contoso-CK-EX-EU-VaultA1', 'exchange', 'NA'],
    ['Contoso-CK-EX-VaultA1', 'exchange', 'NA'],
    ['Contoso-CK-NAEX-VaultA1', 'exchange', 'NA'],
    ['keys-1', 'sharepoint', 'EUR']
  ] as const)('%s does not tell', (vaultName, workload, scope) => {
    expect(found(vaultName, workload, scope)).toEqual(['vault-name-tells'])
  })
})
