import { expect, test } from 'vitest'
import { propagation } from '../../local/azure/arm/propagation.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'

test('names that do not resolve yet and permissions no vault has heard of are waited for, and make no finding', async () => {
  const played = await play(oneWorkload())
  const { azure } = played.stage
  propagation(azure.world).set('propagation', { accessPolicyMs: 15 * 60_000, nameMs: 12 * 60_000 })
  let refused = 0
  azure.onAnswered(({ service, response }) => {
    if (service === 'keyvault' && response.status === 403) refused += 1
  })
  await played.start()
  const { report } = await played.end()
  expect([report.outcome, report.findings, report.vaults.map((vault) => vault.keyVersions)]).toEqual([
    'completed',
    [],
    [1, 1]
  ])
  expect(refused).toBeGreaterThan(0)
  expect(report.apiCalls).toMatchObject({ proxy: { 'no-such-host': expect.any(Number) as number } })
}, 300_000)

test('a permission that never comes is a finding after twenty minutes', async () => {
  const played = await play(oneWorkload())
  const { azure } = played.stage
  propagation(azure.world).set('propagation', { accessPolicyMs: 3 * 3_600_000, nameMs: 0 })
  await played.start()
  const { findings } = await played.until((view) => view.findings.length === 2)
  expect(findings.map(({ code, observed }) => [code, observed.includes('403')])).toEqual([
    [expect.stringContaining('access-policy-missing-make-key'), true],
    [expect.stringContaining('access-policy-missing-make-key'), true]
  ])
}, 300_000)
