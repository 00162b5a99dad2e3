import { expect, test } from 'vitest'
import { alice, useApp } from './running-app.ts'

// An own domain that is not verified is linked to nothing:
// https://learn.microsoft.com/azure/communication-services/concepts/troubleshooting-codes
const app = useApp({ CKEY_MAIL_SENDER: 'DoNotReply@mail.contoso.com' })

test('a sender whose domain is not linked is found by a test mail, with the steps that link it', async () => {
  const body = { mail: true, subscriptions: [] }
  const reply = await app.ask('/api/diagnoses', { method: 'POST', actor: alice, body })
  const { checks } = reply.body as { checks: { about: string; state: string; detail: string }[] }
  expect(checks.find(({ about }) => about === 'mail sender')).toMatchObject({
    state: 'missing',
    detail: expect.stringMatching(/its domain is not linked.*MAIL_DNS_RECORDS.*CKEY_MAIL_DOMAIN_VERIFIED=true/)
  })
})
