import { expect, test } from 'vitest'
import { parseKeys } from '../../../local/host/http/keys.ts'
import { app, df, jsonOf, until, withHost } from '../../conformance/harness.ts'

// Levels and where a key goes: https://learn.microsoft.com/azure/azure-functions/function-keys-how-to

const keys = { master: 'm', function: 'f', functions: { own: 'o' }, system: 's' }

function register(): void {
  app.http('open', { authLevel: 'anonymous', handler: () => ({ body: 'open' }) })
  app.http('own', { authLevel: 'function', handler: () => ({ body: 'own' }) })
  app.http('other', { authLevel: 'function', handler: () => ({ body: 'other' }) })
  app.http('admins', { authLevel: 'admin', handler: () => ({ body: 'admins' }) })
  app.http('begin', {
    authLevel: 'anonymous',
    extraInputs: [df.input.durableClient()],
    async handler(request, context) {
      const client = df.getClient(context)
      return client.createCheckStatusResponse(request, await client.startNew('story'))
    }
  })
  df.app.orchestration('story', function* (context) {
    return yield context.df.waitForExternalEvent('go')
  })
}

test.for([
  ['open', '', 200],
  ['own', '', 401],
  ['own', 'wrong', 401],
  ['own', 'o', 200],
  ['own', 'f', 200],
  ['own', 'm', 200],
  ['other', 'o', 401],
  ['admins', 'f', 401],
  ['admins', 'm', 200]
] as const)('with keys on, "%s" called with the key "%s" is answered %i', async ([name, key, status]) => {
  await withHost(
    register,
    async (host) => {
      const inQuery = await fetch(`${host.url}/api/${name}${key && `?code=${key}`}`)
      const inHeader = await fetch(`${host.url}/api/${name}`, { headers: key ? { 'x-functions-key': key } : {} })
      expect([inQuery.status, inHeader.status]).toEqual([status, status])
      if (status === 401) expect(await inQuery.text()).toBe('')
    },
    { keys }
  )
})

test("the extension's webhook wants the system key, which its links carry and the app's own client does without", async () => {
  await withHost(
    register,
    async (host) => {
      expect((await host.api('instances/x')).status).toBe(401)
      expect((await fetch(`${host.url}/runtime/webhooks/EventGrid?functionName=x`, { method: 'POST' })).status).toBe(
        401
      )
      const links = await jsonOf<Record<'statusQueryGetUri' | 'sendEventPostUri', string>>(
        fetch(`${host.url}/api/begin`)
      )
      expect(links.statusQueryGetUri).toContain('code=s')
      expect((await fetch(links.statusQueryGetUri)).status).toBe(202)
      await fetch(links.sendEventPostUri.replace('{eventName}', 'go'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '"done"'
      })
      await until(async () => (await fetch(links.statusQueryGetUri)).status === 200)
    },
    { keys }
  )
})

test('without keys, as on a laptop, every level is open', async () => {
  await withHost(register, async (host) => {
    for (const name of ['own', 'admins']) expect((await fetch(`${host.url}/api/${name}`)).status).toBe(200)
  })
})

test('a file of keys without a master key is refused', () => {
  expect(parseKeys(keys)).toEqual(keys)
  expect(() => parseKeys({ function: 'f' })).toThrow('"master"')
})
