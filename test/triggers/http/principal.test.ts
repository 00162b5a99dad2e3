import { HttpRequest } from '@azure/functions'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { createAzure } from '../../../local/azure/azure.ts'
import { StoredWorld } from '../../../local/azure/core/world.ts'
import { signedInAs, startDirectoryServer } from '../../../local/azure/directory-server.ts'
import { users } from '../../../local/azure/graph/directory.ts'
import { seedFor } from '../../../local/azure/seed.ts'
import { inMemoryEngine } from '../../../local/azure/storage/in-memory/engine.ts'
import { remoteDirectory } from '../../../local/host/http/remote-directory.ts'
import { principalOf } from '../../../src/triggers/http/principal.ts'
import { fabrikam } from '../../app/requests.ts'

const oid = '3f1c9c1e-8c1b-4a66-9d3c-5f0a1f0b2c3d'
const tid = '72f988bf-86f1-41af-91ab-2d7cd011db47'
const long = {
  oid: 'http://schemas.microsoft.com/identity/claims/objectidentifier',
  tid: 'http://schemas.microsoft.com/identity/claims/tenantid'
}
type Claim = Readonly<Record<'typ' | 'val', unknown>>
const claim = (typ: unknown, val: unknown): Claim => ({ typ, val })
const encoded = (content: unknown): string => Buffer.from(JSON.stringify(content)).toString('base64')
const whole = [claim('oid', oid), claim('tid', tid), claim('roles', 'Operator'), claim('name', 'Alice Adams')]
const said = (claims: unknown, auth: unknown = 'aad'): string => encoded({ auth_typ: auth, claims })

/** Headers as App Service sets them, changed. */
function asked(changed: Readonly<Record<string, string | undefined>> = {}, claims: unknown = whole) {
  const all = {
    'x-ms-client-principal': said(claims),
    'x-ms-client-principal-id': oid,
    'x-ms-client-principal-idp': 'aad',
    'x-ms-client-principal-name': 'Alice@Contoso.com',
    ...changed
  }
  const headers = Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  )
  return principalOf(new HttpRequest({ method: 'GET', url: 'https://app.example/', headers }), tid)
}

describe('the person of a sign-in', () => {
  it('is known by the object ids in its claims, under the names of the token or those that the platform maps them to', () => {
    const alice = { person: { oid, tid }, actor: 'alice@contoso.com', roles: ['Operator'], contexts: [] }
    expect(asked()).toEqual(alice)
    const mapped = [claim(long.oid, oid.toUpperCase()), claim(long.tid, tid), claim('roles', 'Operator')]
    expect(asked({}, mapped)).toEqual(alice)
    expect(asked({}, [...mapped, ...whole])).toEqual(alice)
    expect(asked({ 'x-ms-client-principal-id': oid.toUpperCase() })).toEqual(alice)
  })

  it('met the authentication contexts that it says, each in a claim or all in one, and no others', () => {
    const met = (...values: readonly string[]) => asked({}, [...whole, ...values.map((value) => claim('acrs', value))])
    expect(met('c1', 'c25')).toMatchObject({ contexts: ['c1', 'c25'] })
    expect(met('["c1","c3"]')).toMatchObject({ contexts: ['c1', 'c3'] })
    for (const odd of ['c0', 'c100', 'C1', 'c1 c2', 'possessionorinherence', '{"c1":true}', '[1]', ''])
      expect(met(odd), odd).toMatchObject({ contexts: [] })
  })

  it('stays the same under another name, or under none that can be read', () => {
    const nameIn = (name: string | undefined) => asked({ 'x-ms-client-principal-name': name })
    expect(nameIn('bob@contoso.com')).toMatchObject({ person: { oid, tid }, actor: 'bob@contoso.com' })
    const unreadable = [undefined, '', 'a'.repeat(300), '\u00ad', '\u0085 Alice']
    for (const name of unreadable) expect(nameIn(name)).toMatchObject({ person: { oid, tid }, actor: oid })
  })

  it('is nobody where the platform says nothing', () => {
    const none = { 'x-ms-client-principal': undefined, 'x-ms-client-principal-id': undefined }
    expect(asked(none)).toMatchObject({ why: 'not-signed-in' })
  })

  it('is nobody where it is one of another tenant', () => {
    const elsewhere = '11111111-86f1-41af-91ab-2d7cd011db47'
    expect(asked({}, [claim('oid', oid), claim('tid', elsewhere)])).toMatchObject({
      why: 'other-tenant',
      seen: expect.stringContaining(elsewhere)
    })
  })

  const wrongId = fc.oneof(
    fc.uuid().filter((id) => id !== oid),
    fc.constantFrom('', ' ', 'alice@contoso.com', `${oid}, ${oid}`, `${oid}0`, `{${oid}}`, oid.replaceAll('-', ''))
  )
  const notAnId = wrongId.filter((id) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
  const noText: fc.Arbitrary<unknown> = fc.constantFrom(null, 1, true, [oid], { val: oid }, undefined)
  const without = (...types: readonly string[]) => whole.filter(({ typ }) => !types.includes(String(typ)))
  const names = (which: 'oid' | 'tid') => fc.constantFrom<string>(which, long[which])
  const which = fc.constantFrom<'oid' | 'tid'>('oid', 'tid')
  const hostile = fc.oneof(
    // claims that lack an id, have two, or have something else in its place
    which.map((one) => ({ claims: without(one) })),
    which.chain((one) => fc.tuple(names(one), wrongId).map(([typ, id]) => ({ claims: [...whole, claim(typ, id)] }))),
    which.chain((one) =>
      fc.tuple(names(one), notAnId).map(([typ, id]) => ({ claims: [...without(one), claim(typ, id)] }))
    ),
    which.chain((one) =>
      fc.tuple(names(one), noText).map(([typ, val]) => ({ claims: [...without(one), claim(typ, val)] }))
    ),
    fc.tuple(noText, fc.string()).map(([typ, val]) => ({ claims: [...whole, claim(typ, val)] })),
    fc.constant({ claims: [...whole, claim('idtyp', 'app')] }),
    fc.constantFrom<unknown>(null, 'oid', {}, [whole], [], [[]]).map((claims) => ({ claims })),
    // headers that contradict the claims, come twice, or do not come
    wrongId.map((id) => ({ changed: { 'x-ms-client-principal-id': id } })),
    fc.constant({ changed: { 'x-ms-client-principal-id': undefined } }),
    fc.constant({ changed: { 'x-ms-client-principal': undefined } }),
    fc.constantFrom(undefined, '', 'AAD', 'google', 'aad, aad', 'aad,github').map((idp) => ({
      changed: { 'x-ms-client-principal-idp': idp }
    })),
    fc.constantFrom<unknown>(undefined, null, '', 'AAD', 'federation', ['aad']).map((auth) => ({
      changed: { 'x-ms-client-principal': auth === undefined ? encoded({ claims: whole }) : said(whole, auth) }
    })),
    fc
      .oneof(
        fc.string({ maxLength: 50 }).filter((text) => /^[\x21-\x7e]*$/.test(text)),
        fc.constantFrom(
          `${said(whole)}, ${said(whole)}`,
          `${said(whole)},${said(whole)}`,
          `${said(whole)} x`,
          '%%%',
          'W10=',
          'e30='
        ),
        fc.integer({ min: 1, max: 40 }).map((cut) => said(whole).slice(0, -cut)),
        fc.constant(
          Buffer.concat([
            Buffer.from('{"auth_typ":"aad","claims":[{"typ":"oid","val":"'),
            Buffer.from([0xff])
          ]).toString('base64')
        ),
        fc.json().map((text) => Buffer.from(text).toString('base64')),
        fc.constant(said([...whole, claim('groups', 'g'.repeat(100_000))]))
      )
      .map((header) => ({ changed: { 'x-ms-client-principal': header } }))
  )

  it('is nobody, with no role, where anything of it is missing, double, contradictory or unreadable', () => {
    fc.assert(
      fc.property(hostile, (one: { claims?: unknown; changed?: Readonly<Record<string, string | undefined>> }) => {
        expect(asked(one.changed, 'claims' in one ? one.claims : whole)).toEqual({
          why: 'no-object-id',
          seen: expect.stringMatching(/^[A-Zx].*[^.]$/)
        })
      }),
      { numRuns: 1000 }
    )
  })
})

test('the sign-in of a rehearsal asserts whom its directory has under that name now', async () => {
  const request = fabrikam()
  const azure = await createAzure({
    world: new StoredWorld(':memory:', 'secret'),
    engine: inMemoryEngine,
    seed: seedFor(request),
    clock: { mode: 'skip' }
  })
  const served = await startDirectoryServer(azure)
  const { tenantId } = request.organization
  const bob = signedInAs(azure, 'Bob@fabrikam.com')
  users(azure.world).set('bobby@fabrikam.com', {
    id: bob.oid,
    userPrincipalName: 'bobby@fabrikam.com',
    displayName: 'B'
  })
  expect(bob.tid).toBe(tenantId)
  expect(await remoteDirectory(served.url)('bobby@fabrikam.com')).toEqual(bob)
  expect(await remoteDirectory(served.url)('alice@fabrikam.com')).not.toEqual(bob)
  await served.stop()
  await azure.close()
})
