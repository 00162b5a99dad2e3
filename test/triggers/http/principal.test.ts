import { HttpRequest } from '@azure/functions'
import { describe, expect, it, test } from 'vitest'
import { createAzure } from '../../../local/azure/azure.ts'
import { World } from '../../../local/azure/core/world.ts'
import { signedInAs, startDirectoryServer } from '../../../local/azure/directory-server.ts'
import { users } from '../../../local/azure/graph/directory.ts'
import { seedFor } from '../../../local/azure/seed.ts'
import { inMemoryEngine } from '../../../local/azure/storage/in-memory/engine.ts'
import { remoteDirectory } from '../../../local/host/http/remote-directory.ts'
import { Refusal, personOf } from '../../../src/triggers/http/http.ts'
import { principalOf } from '../../../src/triggers/http/principal.ts'
import { fabrikam } from '../../app/requests.ts'

const oid = '3f1c9c1e-8c1b-4a66-9d3c-5f0a1f0b2c3d'
const tid = '72f988bf-86f1-41af-91ab-2d7cd011db47'
const long = {
  oid: 'http://schemas.microsoft.com/identity/claims/objectidentifier',
  tid: 'http://schemas.microsoft.com/identity/claims/tenantid'
}
function signedIn(...claims: (readonly [typ: string, val: string])[]) {
  const principal = { claims: claims.map(([typ, val]) => ({ typ, val })) }
  const header = Buffer.from(JSON.stringify(principal)).toString('base64')
  return principalOf(
    new HttpRequest({ method: 'GET', url: 'https://app.example/', headers: { 'x-ms-client-principal': header } })
  )
}

describe('the person of a sign-in', () => {
  it('is known by the object ids in its claims, under the names of the token or those that the platform maps them to', () => {
    expect(signedIn(['oid', oid], ['tid', tid]).person).toEqual({ oid, tid })
    expect(signedIn([long.oid, oid.toUpperCase()], [long.tid, tid]).person).toEqual({ oid, tid })
    expect(signedIn([long.oid, oid], ['oid', oid], ['tid', tid]).person).toEqual({ oid, tid })
  })

  it.each([
    ['no claims', []],
    ['no tenant', [['oid', oid]]],
    ['no person', [['tid', tid]]],
    [
      'an empty id',
      [
        ['oid', ''],
        ['tid', tid]
      ]
    ],
    [
      'a name in its place',
      [
        ['oid', 'alice@contoso.com'],
        ['tid', tid]
      ]
    ],
    [
      'two persons',
      [
        ['oid', oid],
        [long.oid, tid],
        ['tid', tid]
      ]
    ]
  ] as const)('is not known by %s, and whoever changes something is told what to do', (_, claims) => {
    const { person } = signedIn(...claims)
    expect(person).toBeUndefined()
    const told = () => personOf({ actor: 'alice@contoso.com', person })
    expect(told).toThrow(Refusal)
    expect(told).toThrow('alice@contoso.com')
  })

  it('is nobody, with no role, where the header is not readable', () => {
    for (const header of ['', 'e30=', 'W10=', '%%%']) {
      const headers = { 'x-ms-client-principal': header }
      expect(principalOf(new HttpRequest({ method: 'GET', url: 'https://app.example/', headers }))).toEqual({
        roles: [],
        person: undefined
      })
    }
  })
})

test('the sign-in of a rehearsal asserts whom its directory has under that name now', async () => {
  const request = fabrikam()
  const azure = await createAzure({
    world: new World(':memory:', 'secret'),
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
