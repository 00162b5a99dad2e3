import { expect, test } from 'vitest'
import { app, jsonOf, withHost } from '../../conformance/harness.ts'
import { ownDirectory } from '../../../local/host/http/principal.ts'

function register(): void {
  app.http('echo', {
    methods: ['GET', 'POST'],
    route: 'echo/{id:int}/{tail?}',
    handler: async (request) => ({
      jsonBody: { params: request.params, query: Object.fromEntries(request.query), text: await request.text() }
    })
  })
  app.http('rest', {
    methods: ['GET'],
    route: 'files/{*path}',
    handler: (request) => ({ body: request.params['path'] ?? '' })
  })
  app.http('literal', { methods: ['GET'], route: 'files/known', handler: () => ({ body: 'literal' }) })
  app.http('bytes', {
    methods: ['POST'],
    handler: async (request) => ({ body: new Uint8Array(await request.arrayBuffer()).toReversed() })
  })
  app.http('cookie', {
    handler: () => ({
      cookies: [
        { name: 'a', value: 'b c', httpOnly: true, sameSite: 'Lax', maxAge: 60, path: '/' },
        { name: 'x', value: 'y' }
      ]
    })
  })
  app.http('nothing', { handler: () => undefined as never })
  app.http('throws', {
    handler() {
      throw new Error('broken')
    }
  })
  app.http('whoami', {
    handler: (request) => ({
      jsonBody: { headers: Object.fromEntries(request.headers), user: request.user?.username ?? null }
    })
  })
}

test('parameters, constraints, defaults and query reach the function', async () => {
  await withHost(register, async (host) => {
    const answer = await jsonOf(
      fetch(`${host.url}/api/echo/7/t%C3%A4il?q=1&r=%2F`, { method: 'POST', body: 'päyload' })
    )
    expect(answer).toEqual({ params: { id: '7', tail: 'täil' }, query: { q: '1', r: '/' }, text: 'päyload' })
    expect(await jsonOf(fetch(`${host.url}/api/echo/7`))).toMatchObject({ params: { id: '7' } })
  })
})

// Seen of the real host 4.1037.
test('a host that is told of a page leads there from the root and from the bare prefix, and nowhere else', async () => {
  const led = async (url: string): Promise<unknown> => {
    const { status, headers } = await fetch(url, { redirect: 'manual' })
    return [status, headers.get('location')]
  }
  const home = '/api/files/known'
  await withHost(
    register,
    async ({ url }) => {
      for (const path of ['', '/', '/api', '/api/']) expect(await led(url + path), path).toEqual([302, home])
      for (const path of ['/ap', '/api/none', '/files']) expect(await led(url + path), path).toEqual([404, null])
    },
    { home }
  )
})

test('a query that names a thing twice has both, an encoded slash stays, and / is the home page', async () => {
  await withHost(register, async (host) => {
    const answer = await jsonOf(fetch(`${host.url}/api/echo/7/a%2fb%20c?limit=1&limit=2`))
    expect(answer).toMatchObject({ params: { tail: 'a%2fb c' }, query: { limit: '1,2' } })
    const home = await fetch(host.url)
    expect([home.status, home.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
  })
})

test('a literal route comes before one that takes the rest of the path', async () => {
  await withHost(register, async (host) => {
    expect(await (await fetch(`${host.url}/api/files/known`)).text()).toBe('literal')
    expect(await (await fetch(`${host.url}/api/files/a/b/c`)).text()).toBe('a/b/c')
  })
})

test.for([
  ['an unknown route', 'GET', '/api/nowhere', 404],
  ['a wrong method', 'DELETE', '/api/files/known', 404],
  ['a parameter that breaks its constraint', 'GET', '/api/echo/seven', 404],
  ['a path that cannot be decoded', 'GET', '/api/files/%zz', 400],
  ['a path that is not UTF-8', 'GET', '/api/files/%ff', 400],
  ['a path with a zero byte', 'GET', '/api/files/%00', 400],
  ['a path with two slashes in a row', 'GET', '/api//files/known', 404],
  ['a function that throws', 'GET', '/api/throws', 500],
  ['a function that returns nothing', 'GET', '/api/nothing', 204]
] as const)('%s gets an empty answer', async ([, method, path, status]) => {
  await withHost(register, async (host) => {
    const response = await fetch(`${host.url}${path}`, { method })
    expect([response.status, await response.text()]).toEqual([status, ''])
  })
})

test('bytes come through both ways', async () => {
  await withHost(register, async (host) => {
    const body = Uint8Array.from({ length: 256 }, (_, index) => index)
    const response = await fetch(`${host.url}/api/bytes`, { method: 'POST', body })
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(body.toReversed())
  })
})

test('cookies are set one by one', async () => {
  await withHost(register, async (host) => {
    const { headers } = await fetch(`${host.url}/api/cookie`)
    expect(headers.getSetCookie()).toEqual(['a=b%20c; Max-Age=60; Path=/; SameSite=Lax; HttpOnly', 'x=y'])
  })
})

test('whatever principal a caller claims is dropped, and that of X-Local-User set as App Service does', async () => {
  await withHost(register, async (host) => {
    const forged = {
      'x-ms-client-principal-name': 'mallory',
      'x-ms-client-principal-id': '1',
      'X-MS-Client-Principal': 'e30='
    }
    expect(await jsonOf(fetch(`${host.url}/api/whoami`, { headers: forged }))).toMatchObject({
      user: null,
      headers: expect.not.objectContaining({ 'x-ms-client-principal-name': 'mallory' })
    })

    const { user, headers } = await jsonOf<{ user: string; headers: Record<string, string> }>(
      fetch(`${host.url}/api/whoami`, { headers: { ...forged, 'X-Local-User': 'alice@contoso.com' } })
    )
    expect(user).toBe('alice@contoso.com')
    expect(headers['x-local-user']).toBeUndefined()
    const { oid, tid } = await ownDirectory()('ALICE@contoso.com')
    expect(headers['x-ms-client-principal-id']).toBe(oid)
    const claims: unknown = JSON.parse(Buffer.from(headers['x-ms-client-principal'] ?? '', 'base64').toString())
    expect(claims).toMatchObject({
      claims: expect.arrayContaining([
        { typ: 'preferred_username', val: 'alice@contoso.com' },
        { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: oid },
        { typ: 'http://schemas.microsoft.com/identity/claims/tenantid', val: tid }
      ])
    })
  })
})

test('without X-Local-User the user of the setting CKEY_LOCAL_USER is signed in', async () => {
  await withHost(
    register,
    async (host) => {
      expect(await jsonOf(fetch(`${host.url}/api/whoami`))).toMatchObject({ user: 'bob@contoso.com' })
    },
    { settings: { CKEY_LOCAL_USER: 'bob@contoso.com' } }
  )
})

test('the route prefix is that of host.json', async () => {
  await withHost(
    register,
    async (host) => {
      expect((await fetch(`${host.url}/files/known`)).status).toBe(200)
    },
    { hostJson: { extensions: { http: { routePrefix: '' } } } }
  )
})
