import { beforeAll, expect, test } from 'vitest'
import { subscriptionIds } from './arm/request.ts'
import { mailHost, mailSender, owner, startConversation } from '../../contract/conversation.ts'
import { roleAssignments } from '../../../local/azure/arm/authorization/roles.ts'

let conversation: ReturnType<typeof startConversation>
beforeAll(() => {
  conversation = startConversation()
})

const subscription = `https://management.azure.com/subscriptions/${subscriptionIds[0]}?api-version=2022-12-01`
const read = () => conversation.say({ method: 'GET', url: subscription })

test('ARM lets 250 reads of a principal through at once, then 25 more each second', async () => {
  for (let count = 0; count < 250; count++) await read()
  expect(conversation.exchanges.every(({ response }) => response.status === 200)).toBe(true)
  const answers = []
  for (let count = 0; count < 60; count++) answers.push(await statusOf(read))
  expect(answers).toContain(429)
  expect(conversation.exchanges.at(-1)?.response.headers).toEqual({ 'retry-after': '1' })
  await conversation.clock.advance(2_000)
  expect(await statusOf(read)).toBe(200)
})

test('a domain that Azure manages sends five mails a minute and ten an hour', async () => {
  const json = {
    senderAddress: mailSender,
    recipients: { to: [{ address: 'alice@contoso.com' }] },
    content: { subject: 's', plainText: 't' }
  }
  const send = () =>
    conversation.say({ method: 'POST', url: `https://${mailHost}/emails:send?api-version=2025-09-01`, json })
  const statuses = async (count: number) => {
    const all = []
    for (let sent = 0; sent < count; sent++) all.push(await statusOf(send))
    return all
  }
  expect(await statuses(6)).toEqual([202, 202, 202, 202, 202, 429])
  await conversation.clock.advance(60_000)
  expect(await statuses(6)).toEqual([202, 202, 202, 202, 202, 429])
  await conversation.clock.advance(60_000)
  expect(await statusOf(send)).toBe(429)
  await conversation.clock.advance(3_600_000)
  expect(await statusOf(send)).toBe(202)
})

test('a new role assignment is not heard of everywhere at once', async () => {
  const own = roleAssignments(conversation.world)
    .values()
    .find(({ principalId }) => principalId === owner.objectId)
  if (!own) throw new Error('the seed gives the owner no role')
  const effectiveAt = conversation.clock.now() + 300_000
  roleAssignments(conversation.world).set(own.name, { ...own, effectiveAt })
  expect(await statusOf(read)).toBe(403)
  await conversation.clock.advance(301_000)
  expect(await statusOf(read)).toBe(200)
})

async function statusOf(ask: () => Promise<unknown>): Promise<number | undefined> {
  await ask()
  return conversation.exchanges.at(-1)?.response.status
}
