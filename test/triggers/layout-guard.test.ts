import { expect, test } from 'vitest'
import { putRecord } from '../app/records.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, refused, useApp } from '../app/running-app.ts'

const app = useApp()

test('over records of another layout nothing is started, and whoever asks is told what to deploy', async () => {
  await putRecord('hub/layout.json', '{"format": 1, "layout": 2}')
  const detail = expect.stringMatching(
    /store of records is of layout 2.*Nothing was read or changed.*Deploy the version/
  )
  expect(await app.ask('/api/onboardings', { actor: alice })).toMatchObject(refused(500, { detail }))
  expect(await app.start(fabrikam({ id: 'over-another' }))).toMatchObject(refused(500, { detail }))
  expect(app.instances()).toBe(0)
})
