import { beforeAll, expect, test } from 'vitest'
import { retentions } from '../../../local/azure/arm/features/retention.ts'
import { keysOf, type KeyVersion } from '../../../local/azure/keyvault/key-record.ts'
import { lookAtKey } from '../../../src/steps/vaults/look-at-key.ts'
import { altered } from '../../journeys/spoil.ts'
import { vaultPlan } from '../../azure/plans.ts'
import { subscriptionIds, tenantId, useSimulation } from '../../azure/simulation.ts'

const simulation = useSimulation()
const now = '2026-11-02T17:30:00.000Z'
const own = () => simulation.azure.slot(1)
const vault = vaultPlan(1, 'Contoso-CK-EX-NA-VaultA1')
const id = `${vault.vaultName}/${vault.keyName}`.toLowerCase()

beforeAll(async () => {
  const { world, clock } = simulation.simulated
  retentions(world).set(subscriptionIds[1], { subscriptionId: subscriptionIds[1], shows: 'Registered' })
  await own().resourceGroups.ensure(vault, 'contoso-1')
  await own().vaults.create(vault, { tenantId, onboardingId: 'contoso-1', policyId: 'exchange/NA' })
  await clock.advance(60_000)
  const self = await simulation.azure.app.graph.servicePrincipal(simulation.config.identities['slot-1'])
  const keys = ['get', 'list', 'create', 'update', 'backup', 'getrotationpolicy']
  await own().vaults.grant(vault, { tenantId, objectId: self.value?.objectId ?? '', keys })
  await clock.advance(60_000)
  await own().keys.create(vault, 2048)
})

async function look() {
  const { results } = await lookAtKey(own(), { vault, keySize: 2048, purpose: 'production', now })
  return results
}
const seconds = (iso: string): number => Date.parse(iso) / 1000

// What is wrong with an older version, whatever the newest is like: data stays wrapped with it.
test.each<[string, Partial<KeyVersion>, string, string]>([
  ['disabled', { enabled: false }, 'R40', 'key-versions-enabled'],
  ['past its date', { expires: seconds('2026-11-01T00:00:00Z') }, 'R43', 'key-not-expired'],
  ['to expire in a week', { expires: seconds('2026-11-09T00:00:00Z') }, 'R42', 'key-not-expiring'],
  ['to expire in 2030', { expires: seconds('2030-01-01T00:00:00Z') }, 'R42', 'key-versions-expiry'],
  ['to begin in 2033', { notBefore: seconds('2033-01-01T00:00:00Z') }, 'R42', 'key-versions-active']
])('an older version that is %s is found before the hand-off', async (_, change, requirement, check) => {
  const version = 'f'.repeat(32)
  const cure = altered(keysOf, id, (found) => ({
    ...found,
    versions: [...found.versions.map((each) => ({ ...each, version, created: 1, ...change })), ...found.versions]
  }))(simulation.simulated)
  const all = (await look()).flatMap((each) => each.findings)
  cure()
  const findings = all.filter(({ check }) => check !== 'extra-version')
  expect(all.length - findings.length).toBe(1)
  expect(findings.map((each) => [each.requirement, each.check])).toEqual([[requirement, check]])
  expect(findings[0]).toMatchObject({ overridable: false, observed: expect.stringContaining(version) })
  expect(findings[0]?.remedy).toContain(`-Version ${version}`)
})

test('a key of one sound version is evidence of all of it, by the list that shows its versions', async () => {
  const results = await look()
  expect(results.flatMap((each) => each.findings)).toEqual([])
  const records = results.flatMap(({ evidence }) => evidence)
  const ofVersions = records.filter(({ check }) => /^key-(versions-|not-expir)/.test(check))
  expect(ofVersions.map(({ held, call }) => [held, call.operation])).toEqual(
    Array.from({ length: 5 }, () => [true, 'LIST key versions'])
  )
})

test('evidence says the moment of its own call, where Azure let the step wait', async () => {
  const { clock } = simulation.simulated
  await clock.advance(3_600_000)
  const results = await look()
  const [record] = results.flatMap(({ evidence }) => evidence)
  // The step began at `now`, by what it was told; its calls were answered later.
  expect(record?.at).toBe(record?.call.at)
  expect(Date.parse(record?.at ?? '')).toBeGreaterThan(Date.parse(now))
  expect(Math.abs(Date.parse(record?.at ?? '') - clock.now())).toBeLessThan(10_000)
})
