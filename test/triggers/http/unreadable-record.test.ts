import { expect, test } from 'vitest'
import { putRecord } from '../../app/records.ts'
import { fabrikam } from '../../app/requests.ts'
import { bob, refused, useApp } from '../../app/running-app.ts'

const app = useApp({}, fabrikam(), { forges: true })

test('a stored document that cannot be read is told as what it is', async () => {
  const id = 'torn'
  await app.start(fabrikam({ id }))
  await app.until(id, (view) => view.step === 'offers')
  await putRecord(`${id}/hand-off.json`, '{"format": 7')

  const asked = await app.ask(`/api/onboardings/${id}/hand-off?format=json`, { actor: bob })
  expect(asked).toMatchObject(refused(500, { title: 'A stored document cannot be read' }))
  expect(asked.text).toMatch(/torn\/hand-off\.json.*Restore it from the store's versions/)
})
