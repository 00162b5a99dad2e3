import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { KeyClient } from '@azure/keyvault-keys'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { retentions } from '../../../../local/azure/arm/features/retention.ts'
import type { VaultRecord } from '../../../../local/azure/arm/keyvault-management/vault-record.ts'
import type { Surroundings } from '../../../../local/azure/core/service.ts'
import { keyvaultService } from '../../../../local/azure/keyvault/service.ts'
import {
  credentialOf,
  freshSurroundings,
  putVault,
  serveDataPlanes,
  slotIdentity,
  slotPermissions,
  startAt,
  stranger,
  subscribeTo,
  tenantId,
  textWith
} from '../data-planes.ts'
import type { Identity } from '../data-planes.ts'

const around: Surroundings = freshSurroundings()
let azure: Awaited<ReturnType<typeof serveDataPlanes>>
let count = 0
let name = ''

beforeAll(async () => {
  azure = await serveDataPlanes([keyvaultService], around)
})
afterAll(() => azure.stop())
beforeEach(() => {
  name = `Contoso-CK-EX-VaultA${(count += 1)}`
})

function client(vault = name, identity: Identity = slotIdentity): KeyClient {
  return new KeyClient(`https://${vault}.vault.azure.net`, credentialOf(identity, around), azure.options())
}

describe('a version of the API that Key Vault does not have', () => {
  test.each([
    ['2099-01-01', /The specified version \(2099-01-01\) is not recognized/],
    ['1.0', /The specified version \(1\.0\)/]
  ])('"%s" is refused in its own words', async (version, message) => {
    putVault({ name }, around)
    const asked = new KeyClient(`https://${name}.vault.azure.net`, credentialOf(slotIdentity, around), {
      ...azure.options(),
      serviceVersion: version
    })
    await expect(asked.getKey('k')).rejects.toMatchObject({
      statusCode: 400,
      code: 'BadParameter',
      message: expect.stringMatching(message) as string
    })
  })
})

describe('a key created by the real client', () => {
  test('is an HSM key of the asked size, enabled, without expiry, under a URI in lower case', async () => {
    putVault({ name }, around)
    const key = await client().createRsaKey('Contoso-CK-EX-Key', { hsm: true, keySize: 3072 })
    expect(key.keyType).toBe('RSA-HSM')
    expect(key.key?.n?.length).toBe(384)
    expect(key.keyOperations).toEqual(['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'])
    const { version = '' } = key.properties
    expect(version).toMatch(/^[0-9a-f]{32}$/)
    expect(key.id).toBe(`https://${name.toLowerCase()}.vault.azure.net/keys/Contoso-CK-EX-Key/${version}`)
    expect(key.properties).toMatchObject({
      enabled: true,
      exportable: false,
      recoverableDays: 90,
      recoveryLevel: 'Recoverable'
    })
    expect(key.properties.expiresOn).toBeUndefined()
  })

  test('is dated by the simulated clock', async () => {
    putVault({ name }, around)
    const { properties } = await client().createRsaKey('k', { hsm: true })
    const age = (properties.createdOn?.getTime() ?? 0) - startAt.getTime()
    expect(age).toBeGreaterThan(-1000)
    expect(age).toBeLessThan(600_000)
  })

  test('has the same version in every state, so that two rehearsals print the same', async () => {
    putVault({ name: 'same-everywhere' }, around)
    const key = await client('same-everywhere').createRsaKey('k', { hsm: true })
    expect(key.properties.version).toBe('e3bcdd2a7eae5f2ce43fd45eea8f737a')
  })

  test('gets a second version when it is created again, and its name stands for the latest', async () => {
    putVault({ name }, around)
    const first = await client().createRsaKey('k', { hsm: true })
    const second = await client().createRsaKey('K', { hsm: true })
    expect(second.properties.version).not.toBe(first.properties.version)
    expect((await client().getKey('k')).id).toBe(second.id)
    expect((await client().getKey('k', { version: first.properties.version ?? '' })).id).toBe(first.id)
    const listed = []
    for await (const properties of client().listPropertiesOfKeyVersions('k')) listed.push(properties.version)
    expect(listed.toSorted()).toEqual([first.properties.version, second.properties.version].toSorted())
  })

  test('keeps the operations, tags and dates it was asked to have', async () => {
    putVault({ name }, around)
    const expiresOn = new Date('2030-01-01T00:00:00Z')
    await client().createRsaKey('k', { hsm: true, keyOps: ['wrapKey', 'unwrapKey'], tags: { a: 'b' }, expiresOn })
    const key = await client().getKey('k')
    expect(key.keyOperations).toEqual(['wrapKey', 'unwrapKey'])
    expect(key.properties).toMatchObject({ tags: { a: 'b' }, expiresOn })
  })

  test('may be an elliptic curve key: refusing it is the business of the app', async () => {
    putVault({ name }, around)
    const key = await client().createEcKey('k', { hsm: true })
    expect(key).toMatchObject({ keyType: 'EC-HSM', keyOperations: ['sign', 'verify'] })
    expect(key.key?.crv).toBe('P-256')
  })

  test('may be imported, and keeps the public half it came with', async () => {
    putVault({ name, permissions: ['import', 'get'] }, around)
    const n = new Uint8Array(256).fill(0xab)
    const e = new Uint8Array([1, 0, 1])
    await client().importKey('k', { kty: 'RSA', n, e }, { hardwareProtected: true })
    const key = await client().getKey('k')
    expect(key.keyType).toBe('RSA-HSM')
    expect(Buffer.from(key.key?.n ?? [])).toEqual(Buffer.from(n))
  })
})

describe('an update', () => {
  test('changes what it names and nothing else, and moves the updated time', async () => {
    putVault({ name }, around)
    const made = await client().createRsaKey('k', { hsm: true, tags: { a: 'b' } })
    await around.clock.advance(5000)
    await client().updateKeyProperties('k', made.properties.version ?? '', { enabled: false })
    const { properties } = await client().getKey('k')
    expect(properties).toMatchObject({ enabled: false, tags: { a: 'b' } })
    expect(Number(properties.updatedOn) - Number(made.properties.updatedOn)).toBeGreaterThanOrEqual(5000)
  })

  test('cannot take an expiry date away again', async () => {
    putVault({ name }, around)
    const expiresOn = new Date('2030-01-01T00:00:00Z')
    await client().createRsaKey('k', { hsm: true, expiresOn })
    await client().updateKeyProperties('k', { tags: {} })
    expect((await client().getKey('k')).properties.expiresOn).toEqual(expiresOn)
  })

  test('refuses the negative number that the client makes of 12/31/9999', async () => {
    putVault({ name }, around)
    await client().createRsaKey('k', { hsm: true })
    const expiresOn = new Date('9999-12-31T00:00:00Z')
    await expect(client().updateKeyProperties('k', { expiresOn })).rejects.toMatchObject({
      statusCode: 400,
      code: 'BadParameter'
    })
  })
})

test('a key becomes protected when retention is registered after its creation, untouched', async () => {
  const { subscriptionId } = putVault({ name, subscriptionId: crypto.randomUUID() }, around)
  await client().createRsaKey('k', { hsm: true })
  expect((await client().getKey('k')).properties.recoveryLevel).toBe('Recoverable')
  retentions(around.world).set(subscriptionId, { subscriptionId, approvedAt: 1 })
  expect((await client().getKey('k')).properties.recoveryLevel).toBe('Recoverable+ProtectedSubscription')
})

describe('Key Vault refuses', () => {
  test('a request without a token, and says where to get one', async () => {
    putVault({ name }, around)
    const answer = keyvaultService.guard?.(
      {
        method: 'GET',
        host: `${name.toLowerCase()}.vault.azure.net`,
        path: '/keys',
        target: '/keys',
        query: new Map(),
        headers: {},
        body: Buffer.alloc(0),
        caller: undefined,
        requestId: 'r'
      },
      around
    )
    expect(answer?.status).toBe(401)
    expect(answer?.headers?.['www-authenticate']).toBe(
      `Bearer authorization="https://login.windows.net/${tenantId}", resource="https://vault.azure.net"`
    )
  })

  test('a token for another audience', async () => {
    putVault({ name }, around)
    const credential = credentialOf(slotIdentity, around, 'https://management.azure.com')
    const wrong = new KeyClient(`https://${name}.vault.azure.net`, credential, azure.options())
    await expect(wrong.getKey('k')).rejects.toMatchObject({ statusCode: 401 })
  })

  test('a token of another tenant', async () => {
    putVault({ name, permissions: slotPermissions, properties: { tenantId: crypto.randomUUID() } }, around)
    await expect(client().getKey('k')).rejects.toMatchObject({ statusCode: 401 })
  })

  test('a vault that nobody created, and one whose name does not resolve yet, as a network failure', async () => {
    const failure = { name: 'RestError', statusCode: undefined }
    await expect(client('nobody-made-me').getKey('k')).rejects.toMatchObject(failure)
    putVault({ name, dnsReadyAt: around.clock.now() + 60_000 }, around)
    await expect(client().getKey('k')).rejects.toMatchObject(failure)
    await around.clock.advance(60_000)
    await expect(client().getKey('k')).rejects.toMatchObject({ statusCode: 404 })
  })

  test('a key that is not there, and a version that is not there', async () => {
    putVault({ name }, around)
    await expect(client().getKey('k')).rejects.toMatchObject({ statusCode: 404, code: 'KeyNotFound' })
    await client().createRsaKey('k', { hsm: true })
    await expect(client().getKey('k', { version: '0'.repeat(32) })).rejects.toMatchObject({
      statusCode: 404,
      code: 'KeyNotFound'
    })
  })

  test.each([
    ['create', (keys: KeyClient) => keys.createRsaKey('k', { hsm: true })],
    ['get', (keys: KeyClient) => keys.getKey('k')],
    ['update', (keys: KeyClient) => keys.updateKeyProperties('k', { enabled: false })],
    ['backup', (keys: KeyClient) => keys.backupKey('k')],
    ['restore', (keys: KeyClient) => keys.restoreKeyBackup(new Uint8Array(8))],
    ['delete', (keys: KeyClient) => keys.beginDeleteKey('k')],
    ['getrotationpolicy', (keys: KeyClient) => keys.getKeyRotationPolicy('k')]
  ] as const)('a caller whose access policy lacks %s', async (permission, call) => {
    const others = [...slotPermissions, 'restore', 'delete'].filter((each) => each !== permission)
    putVault({ name, permissions: others }, around)
    if (permission !== 'create') await client().createRsaKey('k', { hsm: true })
    await expect(call(client())).rejects.toMatchObject({
      statusCode: 403,
      code: 'Forbidden',
      message: textWith(`does not have keys ${permission} permission`),
      details: { error: { innerError: { code: 'AccessDenied' } } }
    })
  })

  test('to list keys without the permission, in words that the client drops', async () => {
    putVault({ name, permissions: ['get'] }, around)
    await expect(client().listPropertiesOfKeys().next()).rejects.toMatchObject({ statusCode: 403, code: 'Forbidden' })
  })

  test('an identity with no entry in the access policies', async () => {
    putVault({ name }, around)
    await expect(client(name, stranger).getKey('k')).rejects.toMatchObject({ statusCode: 403, code: 'Forbidden' })
  })

  test('everybody without a role where the vault says Azure RBAC, whatever the access policies say', async () => {
    putVault({ name, properties: { enableRbacAuthorization: true } }, around)
    await expect(client().getKey('k')).rejects.toMatchObject({
      statusCode: 403,
      message: textWith("Action: 'Microsoft.KeyVault/vaults/keys/read'")
    })
  })

  test('an HSM key in a standard vault', async () => {
    putVault({ name, sku: 'standard' }, around)
    await expect(client().createRsaKey('k', { hsm: true })).rejects.toMatchObject({
      statusCode: 400,
      message: textWith('not allowed on standard vault')
    })
    expect((await client().createRsaKey('k')).keyType).toBe('RSA')
  })

  test('a size that no RSA key has, a name with a space, an operation of another world', async () => {
    putVault({ name }, around)
    const refused = { statusCode: 400, code: 'BadParameter' }
    await expect(client().createRsaKey('k', { hsm: true, keySize: 1024 })).rejects.toMatchObject(refused)
    await expect(client().createRsaKey('a b', { hsm: true })).rejects.toMatchObject(refused)
    await expect(client().createRsaKey('k', { hsm: true, keyOps: ['fly'] })).rejects.toMatchObject(refused)
  })

  test('the eleventh HSM key of a vault within ten seconds, and takes it afterwards', async () => {
    putVault({ name }, around)
    for (let i = 0; i < 10; i += 1) await client().createRsaKey(`k${i}`, { hsm: true })
    await expect(client().createRsaKey('k10', { hsm: true })).rejects.toMatchObject({
      statusCode: 429,
      code: 'Throttled'
    })
    await around.clock.advance(10_000)
    await expect(client().createRsaKey('k10', { hsm: true })).resolves.toBeDefined()
  })
})

test('Event Grid hears of every new version, and of nothing else that happens to a key', async () => {
  const { posted, close } = await listenForEvents(putVault({ name }, around))
  const first = await client().createRsaKey('k', { hsm: true })
  const second = await client().createRsaKey('k', { hsm: true })
  await client().updateKeyProperties('k', { enabled: false })
  await client().backupKey('k')
  await around.clock.advance(3_600_000)
  close()
  expect(posted).toMatchObject([
    { subject: 'k', data: { Id: first.id } },
    { subject: 'k', data: { Id: second.id } }
  ])
})

async function listenForEvents(vault: VaultRecord) {
  const posted: unknown[] = []
  const server = createServer((request, reply) => {
    void json(request).then((body) => {
      posted.push(body)
      reply.writeHead(200).end()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // it listens on TCP
  subscribeTo(vault, `http://127.0.0.1:${port}`, { around })
  return {
    posted,
    close: () => {
      server.close()
    }
  }
}

test('a listing goes on over pages, and tells names without versions', async () => {
  putVault({ name }, around)
  for (let i = 0; i < 30; i += 1) await client().createRsaKey(`k${i}`)
  const ids = []
  for await (const properties of client().listPropertiesOfKeys()) ids.push(properties.id)
  expect(ids).toHaveLength(30)
  expect(ids).toContain(`https://${name.toLowerCase()}.vault.azure.net/keys/k29`)
})

test('the versions of a key that is not there are an empty list, not an error', async () => {
  putVault({ name }, around)
  await expect(client().listPropertiesOfKeyVersions('k').next()).resolves.toMatchObject({ done: true })
})

test('a key that was given no rotation policy has one that sets no expiry', async () => {
  putVault({ name, permissions: ['create', 'getrotationpolicy', 'setrotationpolicy'] }, around)
  await client().createRsaKey('k', { hsm: true })
  const policy = await client().getKeyRotationPolicy('k')
  expect(policy.expiresIn).toBeUndefined()
  expect(policy.lifetimeActions).toEqual([{ action: 'Notify', timeBeforeExpiry: 'P30D', timeAfterCreate: undefined }])
  await client().updateKeyRotationPolicy('k', { expiresIn: 'P90D' })
  expect((await client().getKeyRotationPolicy('k')).expiresIn).toBe('P90D')
})
