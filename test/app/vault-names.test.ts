import { afterEach, expect, test } from 'vitest'
import { fabrikam } from './requests.ts'
import { alice, useApp } from './running-app.ts'

const app = useApp()
afterEach(() => app.endAll())

test('a name that tells no policy is found before anything is made, and stands by a person’s reason alone', async () => {
  const policy = { workload: 'sharepoint', scope: 'EUR', vaultNames: ['Zebra-77', 'Fabri-EUR-SharePoint-2'] } as const
  await app.start({ ...fabrikam({ id: 'zebra' }), policies: [{ ...policy, vaultNames: [...policy.vaultNames] }] })
  const { findings, step } = await app.until('zebra', (view) => view.findings.length > 0)
  expect(step).toBe('preflight')
  expect(findings).toMatchObject([
    {
      code: 'vault-name-tells-zebra-77',
      requirement: 'R31',
      resource: 'Zebra-77',
      observed: 'name Zebra-77',
      expected: 'a name with SP and EUR in it',
      overridable: true
    }
  ])
  await app.answer('zebra', 'override-vault-name-tells-zebra-77', alice, { reason: 'An old custom here' })
  await app.until('zebra', (view) => view.step === 'offers')
})
