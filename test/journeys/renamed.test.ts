import { beforeAll, expect, test } from 'vitest'
import { users } from '../../local/azure/graph/directory.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { addPerson } from '../app/people.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, fromOffersToApprovals, refused, useApp } from '../app/running-app.ts'

// A person is an object id: somebody who is called otherwise from today on is the same one, and whoever gets the name is not.
const app = useApp()
const id = 'renamed'
const {
  organization: { tenantId }
} = fabrikam()
const robert = 'robert@fabrikam.com'

beforeAll(async () => {
  await app.start(fabrikam({ id }))
  await fromOffersToApprovals(app, id)
  const { world } = app.stage.azure
  users(world).delete(bob)
  addPerson(world, robert, userId(tenantId, bob))
  addPerson(world, bob, userId(tenantId, 'somebody who got the name'))
}, 60_000)

test('who was renamed approves, and whoever has the old name now does not', async () => {
  const { planDigest } = await app.view(id)
  expect(await app.answer(id, 'approve-slot-2', bob, { planDigest })).toMatchObject(refused(403))
  expect(await app.answer(id, 'approve-slot-1', robert, { planDigest })).toMatchObject(refused(403))
  expect(await app.answer(id, 'approve-slot-2', robert, { planDigest })).toMatchObject({ status: 202 })
  const { answers } = await app.until(id, (view) =>
    view.answers.some(({ task, verdict }) => task === 'approve-slot-2' && verdict !== undefined)
  )
  expect(answers.filter(({ task }) => task === 'approve-slot-2')).toMatchObject([{ verdict: 'taken', by: robert }])
})

test('in the wait as well', { timeout: 60_000 }, async () => {
  const reason = 'Somebody asks what this is'
  const { planDigest } = await app.view(id)
  expect(await app.answer(id, 'approve-slot-1', alice, { planDigest })).toMatchObject({ status: 202 })
  await app.until(id, ({ tasks }) => tasks.some(({ name }) => name === 'acknowledge'))
  expect(await app.answer(id, 'halt', bob, { reason })).toMatchObject(refused(403))
  expect(await app.answer(id, 'halt', robert, { reason })).toMatchObject({ status: 202 })
  await app.until(id, ({ halted }) => halted?.by === robert)
})
