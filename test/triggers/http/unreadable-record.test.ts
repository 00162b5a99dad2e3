import { expect, test } from 'vitest'
import { connectAzure } from '../../../src/azure/connect.ts'
import { readConfig } from '../../../src/config/read-config.ts'
import { fabrikam } from '../../app/requests.ts'
import { bob, refused, useApp } from '../../app/running-app.ts'

const app = useApp()

test('a stored document that cannot be read is told as what it is', async () => {
  const id = 'torn'
  await app.start(fabrikam({ id }))
  await app.until(id, (view) => view.step === 'offers')
  const { store } = connectAzure(readConfig(process.env)).app
  const bytes = new TextEncoder().encode('{"format": 7')
  await store.putNew({ container: 'records', name: `${id}/hand-off.json` }, { bytes, contentType: 'application/json' })

  const asked = await app.ask(`/api/onboardings/${id}/hand-off?format=json`, { actor: bob })
  expect(asked).toMatchObject(refused(500, { title: 'A stored document cannot be read' }))
  expect(asked.text).toMatch(/torn\/hand-off\.json.*Restore it from the store's versions/)
})
