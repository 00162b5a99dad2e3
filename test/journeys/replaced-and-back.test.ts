import { expect, test } from 'vitest'
import { mostReplacements } from '../../src/domain/plan/replacements.ts'
import { addPerson } from '../app/people.ts'
import { replacing } from '../app/replacing.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, faultsAt, fromOffersToApprovals, refused, useApp } from '../app/running-app.ts'

const app = useApp()
const id = 'there-and-back'
const anna = 'anna@fabrikam.com'

test('an operator may leave, come back and leave again; then nobody more is replaced', async () => {
  addPerson(app.stage.azure.world, anna)
  await app.start(fabrikam({ id }))
  const { planDigest } = await fromOffersToApprovals(app, id)
  const { propose, replace } = replacing(app, id)
  for (let times = 1; times <= mostReplacements; times++) {
    const [leaves, joins] = times % 2 === 1 ? [alice, anna] : [anna, alice]
    await replace({ slot: 1, leaves, joins, by: bob })
    const { tasks, steps } = await app.view(id)
    expect(steps.filter(({ title }) => title === 'Replaced')).toHaveLength(times)
    expect(tasks.find(({ name }) => name === 'approve-slot-1')?.for).toBe(joins)
    expect(await app.answer(id, 'approve-slot-1', leaves, { planDigest })).toMatchObject(refused(403))
  }
  expect(await propose({ slot: 1, leaves: alice, joins: anna, by: bob })).toMatchObject(
    refused(422, { faults: faultsAt('') })
  )
  expect(await app.answer(id, 'approve-slot-1', alice, { planDigest })).toMatchObject({ status: 202 })
})
