import { expect, test } from 'vitest'
import { keysOf } from '../../local/azure/keyvault/key-record.ts'
import { vaults } from '../../local/azure/arm/vault-record.ts'
import { testMark } from '../../src/domain/choices.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'

const lastSecond = Date.parse('9999-12-31T00:00:00Z') / 1000

test('a test runs from plan to hand-off with Standard vaults and software keys, marked wherever people look', { timeout: 120_000 }, async () => {
  const request = { ...oneWorkload(), purpose: 'test', sku: 'standard' } as const
  const played = await play(request)
  const { stage: { azure, host }, plan } = played
  const page = async (path: string) => (await fetch(`${await host.ready}/api/${path}`, { headers: { 'x-local-user': 'alice@fabrikam.com' } })).text()
  await played.start()
  await played.until((view) => view.status === 'completed')
  for (const path of ['ui', `ui/onboardings/${plan.id}`, `ui/onboardings/${plan.id}/plan`, `ui/onboardings/${plan.id}/evidence`]) {
    expect(await page(path), path).toContain(testMark)
  }
  expect(vaults(azure.world).values().map(({ properties }) => properties.sku.name)).toEqual(['standard', 'standard'])
  expect(keysOf(azure.world).values().flatMap(({ versions }) => versions.map(({ kty }) => kty))).toEqual(['RSA', 'RSA'])
  for (const format of ['md', 'html']) expect(await page(`onboardings/${plan.id}/hand-off?format=${format}`)).toContain(`REHEARSAL · ${testMark}`)
  const { handOff } = await played.end()
  expect(handOff).toMatchObject({ purpose: 'test', banner: `REHEARSAL · ${testMark}`, counts: { open: 0 } })
  expect(handOff?.policies.flatMap((policy) => policy.vaults).map(({ sku, keyType }) => [sku, keyType])).toEqual([['standard', 'RSA'], ['standard', 'RSA']])
})

test('keys are imported by people, each to its own vault, and a date on one is set to the last day', { timeout: 120_000 }, async () => {
  const played = await play({ ...oneWorkload(), keys: 'imported' })
  const { stage: { azure } } = played
  await played.start()
  await played.until((view) => view.status === 'completed')
  const calls = azure.journal.entries().filter(({ service, operation }) => service === 'keyvault' && operation !== 'challenge')
  const { slots } = azure.seed.identities
  const byPeople = calls.filter(({ callerClientId }) => !slots.some(({ clientId }) => clientId === callerClientId))
  expect(byPeople.map(({ operation, status }) => [operation, status])).toEqual(Array(2).fill(['keys.import', 200]))
  expect(calls.filter(({ operation }) => operation === 'keys.create')).toEqual([])
  const keys = keysOf(azure.world).values().toSorted((a, b) => a.name.localeCompare(b.name))
  const [first, second] = keys.map(({ versions }) => versions)
  expect(first).toMatchObject([{ kty: 'RSA-HSM', size: 3072, operations: ['wrapKey', 'unwrapKey'] }])
  expect(first?.[0]?.expires).toBeUndefined()
  expect(second).toMatchObject([{ kty: 'RSA-HSM', expires: lastSecond }])
  const { handOff } = await played.end()
  expect(handOff).toMatchObject({ counts: { open: 0 } })
  expect(handOff?.vaultTasks.map(({ task, by }) => [task, by])).toEqual([
    ['import-fabri-ck-sp-eur-vaulta1', 'alice@fabrikam.com'], ['import-fabri-ck-sp-eur-vaulta2', 'bob@fabrikam.com']
  ])
})

test('a date on a key that was there before is a finding, and is set to the last day on an operator’s word', { timeout: 120_000 }, async () => {
  const played = await play(oneWorkload())
  const { world } = played.stage.azure
  const id = 'fabri-ck-sp-eur-vaulta1/fabri-ck-sp-eur-vaulta1-key001'
  const version = { version: 'e'.repeat(32), kty: 'RSA-HSM', size: 3072, operations: ['wrapKey', 'unwrapKey'], enabled: true }
  const dates = { created: 1_790_000_000, updated: 1_790_000_000, expires: 1_900_000_000 }
  keysOf(world).set(id, { name: 'Fabri-CK-SP-EUR-VaultA1-Key001', versions: [{ ...version, ...dates, tags: {}, seed: 'made before' }] })
  const code = 'key-expiry-fabri-ck-sp-eur-vaulta1'
  await played.start()
  const { tasks } = await played.until((view) => view.findings.some((finding) => finding.code === code))
  expect(tasks.map(({ name }) => name)).not.toContain(`override-${code}`)
  expect(keysOf(world).get(id)?.versions[0]?.expires).toBe(dates.expires)
  expect(await played.answer(`mend-${code}`, 'alice@fabrikam.com', {})).toBe(202)
  await played.until((view) => view.status === 'completed')
  expect(keysOf(world).get(id)?.versions).toMatchObject([{ version: version.version, expires: lastSecond }])
  const { handOff } = await played.end()
  expect(handOff?.vaultTasks).toMatchObject([{ task: `mend-${code}`, by: 'alice@fabrikam.com' }])
})
