import { describe, expect, test } from 'vitest'
import { planSummary, planWorkloads } from '../../../src/domain/plan/plan-workloads.ts'
import { canonicalJson } from '../../../src/domain/terms/digest.ts'
import type { Plan, PlannedParty } from '../../../src/domain/plan/plan.ts'
import { buildPlan, draftPlan } from '../../../src/domain/plan/build-plan.ts'
import { usualDeployment, type Deployment } from '../../../src/domain/plan/deployment.ts'
import { digestOf } from '../../../src/domain/plan/plan-digest.ts'
import { parsed, peopleOf, planOf, sha256, threeWorkloads, type RawRequest } from '../examples.ts'

function digestAfter(change: (request: RawRequest) => void): string {
  const request = threeWorkloads()
  change(request)
  return planOf(request).digest
}

const original = planOf(threeWorkloads())

describe('a plan', () => {
  test('has a vault and a key for every policy and slot', () => {
    expect(planSummary(original)).toEqual({ policies: 3, subscriptions: 2, vaults: 6, keys: 6 })
    expect(original.policies.map(({ id }) => id)).toEqual(['exchange/NA', 'sharepoint/NA', 'multi-workload'])
    expect(original.policies[0]?.vaults).toEqual([
      {
        slot: 1,
        subscriptionId: original.slots[0].subscriptionId,
        region: 'westus2',
        resourceGroup: 'rg-contoso-ck-slot1',
        vaultName: 'Contoso-CK-EX-NA-VaultA1',
        keyName: 'Contoso-CK-EX-NA-VaultA1-Key001'
      },
      {
        slot: 2,
        subscriptionId: original.slots[1].subscriptionId,
        region: 'eastus2',
        resourceGroup: 'rg-contoso-ck-slot2',
        vaultName: 'Contoso-CK-EX-NA-VaultA2',
        keyName: 'Contoso-CK-EX-NA-VaultA2-Key001'
      }
    ])
  })

  test('puts the vaults of a policy where the policy says', () => {
    const request = threeWorkloads()
    const own = { scope: 'EUR', regions: ['northeurope', 'westeurope'], vaultNames: ['Keys-1', 'Keys-2'] }
    Object.assign(request.policies[0] ?? {}, own)
    expect(planOf(request).policies[0]?.vaults).toMatchObject([
      { region: 'northeurope', vaultName: 'Keys-1', keyName: 'Keys-1-Key001' },
      { region: 'westeurope', vaultName: 'Keys-2', keyName: 'Keys-2-Key001' }
    ])
  })

  test('makes operators the administrators, unless others are named', () => {
    const request = threeWorkloads()
    Object.assign(request.subscriptions[1] ?? {}, { administrators: ['carol@contoso.com', 'Carol@contoso.com'] })
    const { slots } = planOf(request)
    expect(slots[0].administrators).toEqual(['alice@contoso.com'])
    expect(slots[1]).toMatchObject({ operators: ['bob@contoso.com'], administrators: ['carol@contoso.com'] })
  })

  test('says what cannot be undone', () => {
    const text = original.irreversible.join('\n')
    expect(text).toMatch(/Mandatory retention .*8d1c6a3e.* and b77e4f10/)
    expect(text).toMatch(/Purge protection .*6 vaults/)
    expect(text).toMatch(/90 days/)
    expect(text).toMatch(/names and regions are final/)
    expect(text).toMatch(/2048 bits/)
    expect(text).toMatch(/SharePoint .*no way back/)
  })

  test('says where keys are', () => {
    const place = (change: object) =>
      planOf({ ...threeWorkloads(), ...change }).irreversible.find((choice) => choice.startsWith('Keys are'))
    expect(place({})).toMatch(/made in a hardware security module/)
    expect(place({ purpose: 'test', sku: 'standard' })).toMatch(/made in software, for a test/)
    expect(place({ keys: 'imported' })).toMatch(/your people make and import into a hardware security module/)
  })

  test('warns of SharePoint only where there is SharePoint', () => {
    const request = threeWorkloads()
    request.policies = [{ workload: 'exchange' }]
    expect(planOf(request).irreversible.join()).not.toMatch(/SharePoint/)
  })

  test('knows its workloads, each once', () => {
    const request = threeWorkloads()
    request.policies.push({ workload: 'exchange', scope: 'HR' })
    expect(planWorkloads(planOf(request))).toEqual(['exchange', 'sharepoint', 'multi-workload'])
  })
})

describe('the digest', () => {
  test('is a SHA-256, and the same for the same content in another order', () => {
    expect(original.digest).toMatch(/^v1\.[0-9a-f]{64}$/)
    expect(digestAfter((request) => request.subscriptions.reverse())).toBe(original.digest)
  })

  test('covers defaults as if they were written', () => {
    expect(
      digestAfter((request) =>
        Object.assign(request, {
          keySize: 2048,
          purpose: 'production',
          sku: 'premium',
          keys: 'created',
          authorization: 'access-policies',
          mail: 'app'
        })
      )
    ).toBe(original.digest)
  })

  test.each<[string, (request: RawRequest) => void]>([
    ['the id', (request) => Object.assign(request, { id: 'other' })],
    ['the domain', (request) => Object.assign(request.organization, { domain: 'fabrikam.com' })],
    ['a vault name', (request) => Object.assign(request, { namePrefix: 'Cntso' })],
    ['a region', (request) => Object.assign(request.subscriptions[0] ?? {}, { region: 'westus3' })],
    ['an operator', (request) => Object.assign(request.subscriptions[0] ?? {}, { operators: ['carol@contoso.com'] })],
    [
      'an administrator',
      (request) => {
        Object.assign(request.subscriptions[0] ?? {}, { administrators: ['dan@contoso.com'] })
      }
    ],
    ['the key size', (request) => Object.assign(request, { keySize: 3072 })],
    ['the purpose', (request) => Object.assign(request, { purpose: 'test' })],
    ['the SKU', (request) => Object.assign(request, { purpose: 'test', sku: 'standard' })],
    ['who sends the mails', (request) => Object.assign(request, { mail: 'person' })],
    ['the origin of keys', (request) => Object.assign(request, { keys: 'imported' })],
    ['the guard of vaults', (request) => Object.assign(request, { authorization: 'rbac' })],
    ['a tag', (request) => Object.assign(request, { tags: { owner: 'it' } })],
    [
      'an account for emergencies',
      (request) => Object.assign(request.organization, { emergencyAccounts: ['0d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b'] })
    ],
    ['the change ticket', (request) => Object.assign(request, { changeTicket: 'CHG1' })],
    [
      'an admin centre',
      (request) => Object.assign(request.policies[1] ?? {}, { adminUrl: 'https://contoso-admin.sharepoint.com' })
    ],
    ['a policy more', (request) => request.policies.push({ workload: 'exchange', scope: 'HR' })]
  ])('changes with %s', (_title, change) => {
    expect(digestAfter(change)).not.toBe(original.digest)
  })

  test.each<[string, Partial<Deployment>]>([
    ['the business days', { sla: { ...usualDeployment.sla, businessDays: 7 } }],
    ['a holiday', { sla: { ...usualDeployment.sla, extraHolidays: ['2026-12-24'] } }],
    ['the retention', { retentionDays: 365 }],
    ['a replaced alias', { aliases: { exchange: 'test@contoso.com' } }],
    ['drills', { drills: true }]
  ])('changes with what the deployment fixes: %s', (_title, change) => {
    expect(planOf(threeWorkloads(), { ...usualDeployment, ...change }).digest).not.toBe(original.digest)
  })

  test.each<[string, Partial<PlannedParty>]>([
    ['is somebody else of that name', { objectId: '00000000-0000-4000-8000-000000000001' }],
    ['reads mail elsewhere', { mail: 'alice.adams@contoso.com' }],
    ['is called otherwise', { displayName: 'Alice A.' }]
  ])('changes where somebody %s', (_title, change) => {
    const request = parsed(threeWorkloads())
    const [first, ...rest] = peopleOf(request)
    const people = [{ ...(first ?? expect.fail('nobody')), ...change }, ...rest]
    expect(buildPlan(request, { people, deployment: usualDeployment }, sha256).digest).not.toBe(original.digest)
  })

  test('covers the sentences: what is shown is what is approved', () => {
    const { digest, ...content } = original
    expect(digestOf({ ...content, irreversible: ['nothing at all'] }, sha256)).not.toBe(digest)
    expect(digestOf({ ...content, notices: [] }, sha256)).not.toBe(digest)
  })

  test('is none as long as anybody of the request is not known, or nobody was looked up', () => {
    const request = parsed(threeWorkloads())
    const known = { people: peopleOf(request).slice(1), deployment: usualDeployment }
    expect(buildPlan(request, known, sha256).digest).toBeUndefined()
    expect(draftPlan(request)).toMatchObject({ people: [], policies: original.policies })
    expect(draftPlan(request).digest).toBeUndefined()
  })

  test('can be made again from a plan that came out of history', () => {
    const { digest, ...content } = JSON.parse(JSON.stringify(original)) as Plan
    expect(`v1.${sha256(canonicalJson(content))}`).toBe(digest)
  })
})
