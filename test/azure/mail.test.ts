import { describe, expect, test } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import { useSimulation } from './simulation.ts'

const simulation = useSimulation()
const mail = () => simulation.azure.app.mail
const message = { to: ['exock@microsoft.com'], subject: 'Customer Key for contoso.com', text: 'Hello' }

describe('mail', () => {
  test('knows nothing of a mail that nobody sent', async () => {
    const { value, call } = await mail().sendState('00000000-0000-4000-8000-0000000000f0')
    expect(value).toBeUndefined()
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })

  test('sends under the given operation id and can ask for it afterwards', async () => {
    const operationId = '00000000-0000-4000-8000-0000000000f1'
    const { call } = await mail().send({ ...message, operationId })
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
    await simulation.simulated.clock.advance(10_000)
    const state = await mail().sendState(operationId)
    expect(state.value).toBe('Succeeded')
    expect(state.call).toMatchObject({ operation: 'GET mail state', identity: 'app' })
    expect(sent(operationId)).toBe(1)
  })

  test('does not send again when the reply is lost, and finds the mail by its id', async () => {
    const operationId = '00000000-0000-4000-8000-0000000000f2'
    simulation.simulated.faults.add({ service: 'email', operation: 'emails.send', kind: 'lost-reply', times: 1 })
    await expect(mail().send({ ...message, operationId })).rejects.toMatchObject({ kind: 'unavailable' })
    expect((await mail().sendState(operationId)).value).toBeDefined()
    expect(sent(operationId)).toBe(1)
  })
})

test('counts as sent once Azure has taken it, whatever Azure then says of its operation', async () => {
  const operationId = '00000000-0000-4000-8000-0000000000f4'
  const { faults } = simulation.simulated
  const end = faults.add({
    service: 'email',
    operation: 'emails.getSendResult',
    kind: 'status',
    status: 404,
    code: 'NotFound',
    times: 'always'
  })
  expect((await mail().send({ ...message, operationId })).value).toEqual({ operationId })
  expect((await mail().sendState(operationId)).value).toBeUndefined()
  end()
  expect(sent(operationId)).toBe(1)
})

test('is refused by Azure with more than fifty receivers, those in copy among them', async () => {
  const cc = Array.from({ length: 50 }, (_, index) => `person${String(index)}@contoso.com`)
  const send = (number: number, copies: string[]) =>
    mail().send({ ...message, operationId: `00000000-0000-4000-8000-0000000000e${String(number)}`, cc: copies })
  await expect(send(1, cc)).rejects.toThrow('400')
  await send(2, cc.slice(1))
})

test('goes to its receivers, in copy to others, in text and HTML, with answers to people', async () => {
  const operationId = '00000000-0000-4000-8000-0000000000f3'
  const cc = ['alice@contoso.com', 'bob@contoso.com']
  await mail().send({ ...message, operationId, cc, replyTo: cc, html: '<p>Hello</p>' })
  const [found] = outbox(simulation.simulated.world)
    .values()
    .filter((each) => each.operationId === operationId)
  expect(found).toMatchObject({ to: message.to, cc, replyTo: cc, text: 'Hello', html: '<p>Hello</p>' })
})

function sent(operationId: string): number {
  return simulation.simulated.world
    .collection<{ operationId: string }>('emails')
    .values()
    .filter((each) => each.operationId === operationId).length
}
