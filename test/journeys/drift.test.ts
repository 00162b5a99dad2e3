import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { retentions } from '../../local/azure/arm/features/retention.ts'
import {
  vaults,
  type AccessPolicy,
  type VaultProperties
} from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { subscriptions } from '../../local/azure/arm/resources/records.ts'
import { keysOf, type KeyVersion } from '../../local/azure/keyvault/key-record.ts'
import { subscriptionIds } from '../app/requests.ts'
import { alertQueries, firesOn } from '../infra/alert-queries.ts'
import { assigned } from './policy-cases.ts'
import { altered, type Spoil } from './spoil.ts'
import type { Finding } from '../../src/domain/terms/evidence.ts'
import { alice, useApp } from '../app/running-app.ts'
import { bring, keptVault, keyChanged, runsOf, sweepOnce, untilEnded, type KeptVault } from './kept-vault.ts'

// What held when a vault was taken over is looked at again: whenever its access policy changes, and by every sweep.
const app = useApp()
const stranger = '99999999-0000-4000-8000-000000000009'
let kept: KeptVault
beforeAll(async () => {
  kept = await keptVault(app, 'Fabri-Drift-VaultA1', ['Key001'])
}, 120_000)

const name = 'fabri-drift-vaulta1'
function change(properties: (found: VaultProperties) => VaultProperties): void {
  const found = vaults(app.stage.azure.world).get(name)
  if (!found) throw new Error('There is no vault to change.')
  vaults(app.stage.azure.world).set(name, { ...found, properties: properties(found.properties) })
}
const oneMore = (permissions: AccessPolicy['permissions']): void =>
  change((found) => ({
    ...found,
    accessPolicies: [...found.accessPolicies, { tenantId: found.tenantId, objectId: stranger, permissions }]
  }))

/** The vault as it was before each test. */
let asItWas: VaultProperties | undefined
beforeEach(() => {
  asItWas ??= vaults(app.stage.azure.world).get(name)?.properties
  change((found) => asItWas ?? found)
})

const codes = (findings: readonly Finding[] = []): string[] =>
  findings.map(({ code }) => code.replace(`-${name}`, '')).toSorted()
async function adopted(body: object = {}): Promise<readonly [number, string[]]> {
  const reply = await kept.adopt(body)
  return [reply.status, codes((reply.body as { findings?: readonly Finding[] }).findings)]
}

describe('POST /api/vaults', () => {
  test('refuses a vault whose keys a stranger may delete and wrap with', async () => {
    oneMore({ keys: ['delete', 'purge', 'wrapKey', 'unwrapKey', 'all'] })
    expect(await adopted()).toEqual([409, ['vault-no-delete', 'vault-right-service']])
  })

  test('refuses a vault that Microsoft’s service of the workload named may not use', async () => {
    expect(await adopted({ workload: 'exchange' })).toEqual([409, ['vault-right-service', 'vault-service-principal']])
    change((found) => ({
      ...found,
      accessPolicies: found.accessPolicies.filter(({ permissions }) => !permissions.keys?.includes('wrapKey'))
    }))
    expect(await adopted()).toEqual([409, ['vault-right-service', 'vault-service-principal']])
  })

  test('takes whoever has an administrator’s permissions and no other for one, unless administrators are named', async () => {
    oneMore({ keys: ['get', 'list', 'backup'] })
    expect(await adopted()).toEqual([200, []])
    expect(await adopted({ administrators: [alice] })).toEqual([409, ['vault-administrators', 'vault-no-others']])
    expect(await adopted({ administrators: ['nobody@fabrikam.com'] })).toEqual([
      409,
      ['administrator-nobody-fabrikam-com', 'vault-administrators', 'vault-no-others']
    ])
  })
})

describe('an adopted vault that people change', () => {
  const spoiled = [
    'vault-network',
    'vault-no-delete',
    'vault-no-others',
    'vault-premium',
    'vault-purge-protection',
    'vault-right-service'
  ]
  function spoil(): void {
    oneMore({ keys: ['delete', 'purge', 'all'], secrets: ['get'] })
    change(({ enablePurgeProtection: _, ...found }) => ({
      ...found,
      sku: { family: 'A', name: 'standard' },
      networkAcls: { bypass: 'None', defaultAction: 'Deny' }
    }))
  }

  test('is found so by the run of the event, and by every sweep until it is as it was', {
    timeout: 120_000
  }, async () => {
    expect(await adopted()).toEqual([200, []])
    const before = runsOf(app, 'key-backup').map(({ id }) => id)
    spoil()
    const at = app.stage.azure.clock.nowIso()
    await bring(app, [keyChanged(kept, 'Key001', at, { eventType: 'Microsoft.KeyVault.VaultAccessPolicyChanged' })])
    const [run] = (await untilEnded(app, 'key-backup')).filter(({ id }) => !before.includes(id))
    expect(codes((run?.output as { findings: Finding[] }).findings)).toEqual(spoiled)
    const log = app.stage.lines.map(({ message }) => message).join('\n')
    expect(log).toMatch(/finding code=vault-no-delete-fabri-drift-vaulta1 resource=Fabri-Drift-VaultA1/)
    expect(codes((await sweepOnce(app)).findings)).toEqual(expect.arrayContaining(spoiled))
    const rows = app.stage.lines.map(({ message }) => ({ table: 'traces', columns: { message } }) as const)
    expect(firesOn(alertQueries().get('finding') ?? '', rows)).toContain('vault-no-delete-fabri-drift-vaulta1')
    expect(firesOn(alertQueries().get('no-sweep') ?? '', rows)).toEqual([])
    change((found) => asItWas ?? found)
    expect((await sweepOnce(app)).findings).toEqual([])
  })

  test('and so is a registration that somebody took back, once for its subscription', { timeout: 60_000 }, async () => {
    const { world } = app.stage.azure
    const { subscriptionId } = kept.plan
    const whole = retentions(world).get(subscriptionId) ?? { subscriptionId }
    retentions(world).set(subscriptionId, { ...whole, shows: 'Unregistered' })
    const { findings } = await sweepOnce(app)
    expect(findings.filter(({ resource }) => resource === subscriptionId).map(({ code }) => code)).toEqual([
      'registered-slot-1'
    ])
    retentions(world).set(subscriptionId, whole)
  })
})

describe('what the article forbids of an adopted vault, its key and its subscription', () => {
  const keyId = `${name}/key001`
  const slot1 = subscriptionIds[0]
  const rotation = { lifetimeActions: [{ trigger: { timeAfterCreate: 'P1Y' }, action: { type: 'Rotate' } }] }
  const older = { version: 'f'.repeat(32), created: 1, expires: 1_900_000_000 }
  const newest = (change: Partial<KeyVersion>) =>
    altered(keysOf, keyId, (found) => ({ ...found, versions: found.versions.map((each) => ({ ...each, ...change })) }))
  const cases: readonly (readonly [string, string, Spoil])[] = [
    ['an expiry in 2030', 'key-expiry', newest({ expires: 1_900_000_000 })],
    ['a start in 2033', 'key-not-before', newest({ notBefore: 2_000_000_000 })],
    ['no unwrapping', 'key-operations', newest({ operations: ['wrapKey'] })],
    ['a rotation', 'key-rotation', altered(keysOf, keyId, (found) => ({ ...found, rotationPolicy: rotation }))],
    [
      'an older version that expires in 2030',
      'key-versions-expiry',
      altered(keysOf, keyId, (found) => ({
        ...found,
        versions: [...found.versions.map((each) => ({ ...each, ...older })), ...found.versions]
      }))
    ],
    [
      'a subscription past due',
      'subscription-enabled',
      altered(subscriptions, slot1, (found) => ({ ...found, state: 'PastDue' as const }))
    ],
    [
      'a policy that wants expiries',
      'policy-key-expiry',
      assigned({
        subscriptionId: slot1,
        definition: '152b15f7-8e1f-4c1f-ab71-8c010ba5dbc0',
        mode: 'Microsoft.KeyVault.Data',
        rule: { field: 'Microsoft.KeyVault.Data/vaults/keys/attributes.expiresOn', exists: false },
        parameters: { effect: { value: 'Deny' } } // Azure's own only audits where nothing is said
      })
    ],
    [
      'a perimeter',
      'vault-network',
      altered(vaults, name, (found) => ({
        ...found,
        properties: { ...found.properties, publicNetworkAccess: 'SecuredByPerimeter' }
      }))
    ]
  ]

  test.each(cases)(
    '%s is told by each sweep, and refused at another adoption',
    { timeout: 60_000 },
    async (_, code, spoil) => {
      const cure = spoil(app.stage.azure)
      const told = (await sweepOnce(app)).findings.map(({ check }) => check)
      const [status, refused] = await adopted()
      cure()
      expect(told).toEqual([code])
      expect([status, refused.map((each) => each.startsWith(code))]).toEqual([409, [true]])
    }
  )
})
