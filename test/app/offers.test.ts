import { expect, test } from 'vitest'
import { fabrikam } from './requests.ts'
import { alice, bob, useApp } from './running-app.ts'

const app = useApp()
const id = 'offers'
const officers = [{ name: 'Olga', email: 'olga@fabrikam.com' }]

test('each workload has a FastTrack request of its own: of the same id twice at once, the second is asked for again', async () => {
  await app.start(
    fabrikam({
      id,
      policies: [
        { workload: 'sharepoint', scope: 'EUR' },
        { workload: 'exchange', scope: 'EUR' }
      ]
    })
  )
  await app.until(id, ({ tasks }) => tasks.some(({ name }) => name === 'offer-exchange'))
  await Promise.all([
    app.answer(id, 'offer-sharepoint', alice, { requestId: 'FT-7', officers }),
    app.answer(id, 'offer-exchange', bob, { requestId: 'ft-7', officers })
  ])
  const { tasks } = await app.until(id, ({ tasks }) => tasks.some(({ asks }) => /^ft-7 is/i.test(asks)))
  const [again] = tasks.filter(({ name }) => name.startsWith('offer-'))
  const [other] = ['sharepoint', 'exchange'].filter((workload) => again?.name !== `offer-${workload}`)
  expect(again?.asks.toLowerCase()).toContain(`ft-7 is the request recorded for ${other ?? ''}.`)
  expect(tasks.filter(({ name }) => name.startsWith('offer-'))).toHaveLength(1)
  await app.answer(id, again?.name ?? '', alice, { requestId: 'FT-8', officers })
  await app.until(id, ({ step }) => step === 'approvals')
  // For a SIEM: whose answer and to what, by an object id, and nothing of what it says.
  const told = app.stage.lines.filter(({ message }) => message.startsWith('answer ')).map(({ message }) => message)
  expect(told).toHaveLength(3)
  for (const line of told)
    expect(line).toMatch(/^answer onboarding=offers task=offer-(sharepoint|exchange) by=[0-9a-f-]{36}$/)
})
