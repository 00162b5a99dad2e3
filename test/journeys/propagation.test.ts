import { expect, test } from 'vitest'
import { lags } from '../../local/azure/arm/replica.ts'
import { pageSizes } from '../../local/azure/core/page-sizes.ts'
import { propagation } from '../../local/azure/arm/propagation.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'

test('names that do not resolve yet, permissions no vault has heard of and a Resource Manager that shows what was before are waited out', async () => {
  const played = await play(oneWorkload())
  const { azure } = played.stage
  propagation(azure.world).set('propagation', { accessPolicyMs: 15 * 60_000, nameMs: 12 * 60_000 })
  // Seconds are met by every journey (`usualLagMs`); here nearly the minute that what is older or absent is waited out.
  lags(azure.world).set('arm', { ms: 50_000 })
  pageSizes(azure.world).set('arm', { size: 2 })
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
  const made = azure.journal
    .entries()
    .filter(({ applied, operation }) => applied && operation === 'vaults.createOrUpdate')
  expect(made).toHaveLength(2)
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
