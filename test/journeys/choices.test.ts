import { expect, test } from 'vitest'
import { keysOf } from '../../local/azure/keyvault/key-record.ts'
import { vaults } from '../../local/azure/arm/vault-record.ts'
import { testMark } from '../../src/domain/choices.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'

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
