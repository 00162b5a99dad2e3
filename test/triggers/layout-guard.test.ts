import { expect, test } from 'vitest'
import { connectAzure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, refused, useApp } from '../app/running-app.ts'

const app = useApp()

test('over records of another layout nothing is started, and whoever asks is told what to deploy', async () => {
  const { store } = connectAzure(readConfig(process.env)).app
  const bytes = new TextEncoder().encode('{"format": 1, "layout": 2}')
  expect(
    await store.putNew({ container: 'records', name: 'hub/layout.json' }, { bytes, contentType: 'application/json' })
  ).toBeTruthy()

  const detail = expect.stringMatching(
    /store of records is of layout 2.*Nothing was read or changed.*Deploy the version/
  )
  expect(await app.ask('/api/onboardings', { actor: alice })).toMatchObject(refused(500, { detail }))
  expect(await app.start(fabrikam({ id: 'over-another' }))).toMatchObject(refused(500, { detail }))
  expect(app.instances()).toBe(0)
})
