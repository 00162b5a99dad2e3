import { createHash } from 'node:crypto'
import { BlobServiceClient } from '@azure/storage-blob'
import type { BlockBlobClient } from '@azure/storage-blob'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Surroundings } from '../../../../local/azure/core/service.ts'
import { adderRights, writerRights } from '../../../../local/azure/storage/accounts.ts'
import type { StorageAccountSeed } from '../../../../local/azure/storage/accounts.ts'
import { azuriteEngine } from '../../../../local/azure/storage/azurite-engine.ts'
import { inMemoryEngine } from '../../../../local/azure/storage/in-memory/engine.ts'
import { journaled } from '../../../../local/azure/storage/journaled.ts'
import { startStorage } from '../../../../local/azure/storage/service.ts'
import type { BlobEngine } from '../../../../local/azure/storage/engine.ts'
import type { Storage } from '../../../../local/azure/storage/service.ts'
import {
  appIdentity,
  credentialOf,
  freshSurroundings,
  serveDataPlanes,
  slotIdentity,
  startAt,
  stranger,
  tenantId
} from '../data-planes.ts'

const administrator = { ...stranger, objectId: 'aaaaaaaa-0000-4000-8000-000000000008' }
const accounts: readonly StorageAccountSeed[] = [
  {
    name: 'ckslot1',
    containers: [{ name: 'backups', immutableDays: 365 }, { name: 'scratch' }, { name: 'locks' }],
    assignments: [
      { objectId: slotIdentity.objectId, rights: adderRights },
      { objectId: slotIdentity.objectId, container: 'locks', rights: writerRights },
      { objectId: administrator.objectId, rights: [...writerRights, 'blobs/delete'] }
    ]
  },
  {
    name: 'ckrecords',
    containers: [{ name: 'records' }],
    assignments: [{ objectId: appIdentity.objectId, rights: writerRights }]
  }
]

type Place = 'ckslot1/backups' | 'ckslot1/scratch' | 'ckslot1/locks' | 'ckrecords/records'

const onlyNew = { conditions: { ifNoneMatch: '*' } }
const notPermitted = { statusCode: 403, code: 'AuthorizationPermissionMismatch' }
const noOverwrite = { statusCode: 403, code: 'UnauthorizedBlobOverwrite' }
const immutable = { statusCode: 409, code: 'BlobImmutableDueToPolicy' }

/** The stores that stand behind the layer; each holds what it was told after a restart. */
const engines: Readonly<Record<string, (around: Surroundings) => () => Promise<BlobEngine>>> = {
  Azurite:
    ({ world }) =>
    async () =>
      journaled(await azuriteEngine(accounts.map(({ name: account }) => account)), world),
  'the store in memory': () => {
    const engine = inMemoryEngine()
    return () => Promise.resolve(engine)
  }
}

describe.each(Object.entries(engines))('on %s', (_, engineIn) => {
  const around: Surroundings = freshSurroundings()
  const engine = engineIn(around)
  let storage: Storage
  let azure: Awaited<ReturnType<typeof serveDataPlanes>>
  let count = 0
  let name = ''

  async function start(): Promise<void> {
    storage = await startStorage({ engine: await engine(), tenantId, accounts })
    azure = await serveDataPlanes([storage.service], around)
  }

  async function stop(): Promise<void> {
    await azure.stop()
    await storage.stop()
  }

  async function restart(): Promise<void> {
    await stop()
    await start()
  }

  beforeAll(start)
  afterAll(stop)
  beforeEach(() => {
    name = `folder/blob ${(count += 1)}.bin`
  })

  function blob(place: Place, identity = slotIdentity): BlockBlobClient {
    const [account, container = ''] = place.split('/')
    return service(account, identity).getContainerClient(container).getBlockBlobClient(name)
  }

  function service(account: string | undefined, identity = slotIdentity): BlobServiceClient {
    const url = `https://${account}.blob.core.windows.net`
    return new BlobServiceClient(url, credentialOf(identity, around), azure.options())
  }

  describe('a blob in an immutable container', () => {
    test('is read as it was written, with its digests', async () => {
      const content = Buffer.from('content')
      const contentMD5 = createHash('md5').update(content).digest()
      await blob('ckslot1/backups').upload(content, content.length, {
        ...onlyNew,
        metadata: { sha256: 'abc' },
        blobHTTPHeaders: { blobContentMD5: contentMD5, blobContentType: 'application/x-backup' }
      })
      expect(await blob('ckslot1/backups').downloadToBuffer()).toEqual(content)
      const properties = await blob('ckslot1/backups').getProperties()
      expect(properties).toMatchObject({
        contentLength: 7,
        metadata: { sha256: 'abc' },
        contentType: 'application/x-backup'
      })
      expect(Buffer.from(properties.contentMD5 ?? [])).toEqual(contentMD5)
    })

    test('tells its locked policy until 365 simulated days later, and its version', async () => {
      const { versionId } = await blob('ckslot1/backups').upload('x', 1, onlyNew)
      const properties = await blob('ckslot1/backups').getProperties()
      expect(properties).toMatchObject({ immutabilityPolicyMode: 'locked', versionId, isCurrentVersion: true })
      const days = (Number(properties.immutabilityPolicyExpiresOn) - startAt.getTime()) / 86_400_000
      expect(days).toBeGreaterThan(364.9)
      expect(days).toBeLessThan(366)
      expect((await blob('ckslot1/backups').download()).immutabilityPolicyMode).toBe('locked')
    })

    test('cannot be written again, whether or not the client minds', async () => {
      await blob('ckslot1/backups').upload('first', 5, onlyNew)
      for (const conditions of [onlyNew, {}]) {
        await expect(blob('ckslot1/backups').upload('second', 6, conditions)).rejects.toMatchObject(noOverwrite)
      }
      await expect(blob('ckslot1/backups', administrator).upload('second', 6)).rejects.toMatchObject(immutable)
      expect(String(await blob('ckslot1/backups').downloadToBuffer())).toBe('first')
    })

    test('is one blob even when ten write it at once', async () => {
      const tries = Array.from({ length: 10 }, (_, i) => blob('ckslot1/backups').upload(String(i), 1, onlyNew))
      const outcomes = await Promise.allSettled(tries)
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })

    test('cannot be deleted or changed even by who holds the rights', async () => {
      await blob('ckslot1/backups').upload('x', 1, onlyNew)
      await expect(blob('ckslot1/backups', administrator).delete()).rejects.toMatchObject(immutable)
      await expect(blob('ckslot1/backups', administrator).setMetadata({ a: 'b' })).rejects.toMatchObject(immutable)
      await expect(blob('ckslot1/backups', administrator).setHTTPHeaders({})).rejects.toMatchObject(immutable)
    })

    test('can be deleted once its policy has run out', async () => {
      await blob('ckslot1/backups').upload('x', 1, onlyNew)
      await around.clock.advance(366 * 86_400_000)
      await blob('ckslot1/backups', administrator).delete()
      await expect(blob('ckslot1/backups').getProperties()).rejects.toMatchObject({ statusCode: 404 })
    })

    test('is protected too when it was written in blocks', async () => {
      const client = blob('ckslot1/backups')
      const id = Buffer.from('block').toString('base64')
      await client.stageBlock(id, 'x', 1)
      await client.commitBlockList([id], onlyNew)
      await client.stageBlock(id, 'y', 1)
      await expect(client.commitBlockList([id])).rejects.toMatchObject(noOverwrite)
      expect((await client.getProperties()).immutabilityPolicyMode).toBe('locked')
    })

    test('is found under its version, and under no other', async () => {
      const { versionId = '' } = await blob('ckslot1/backups').upload('x', 1, onlyNew)
      expect(String(await blob('ckslot1/backups').withVersion(versionId).downloadToBuffer())).toBe('x')
      await expect(
        blob('ckslot1/backups').withVersion('2020-01-01T00:00:00.0000000Z').getProperties()
      ).rejects.toMatchObject({ statusCode: 404 })
    })

    test('is there, and as protected as before, after a restart', async () => {
      await blob('ckslot1/backups').upload('kept', 4, onlyNew)
      await restart()
      expect(String(await blob('ckslot1/backups').downloadToBuffer())).toBe('kept')
      await expect(blob('ckslot1/backups', administrator).delete()).rejects.toMatchObject(immutable)
    })
  })

  describe('the identity of a slot', () => {
    test('cannot delete', async () => {
      await blob('ckslot1/backups').upload('x', 1, onlyNew)
      await expect(blob('ckslot1/backups').delete()).rejects.toMatchObject(notPermitted)
    })

    test('cannot replace a blob even where nothing is immutable', async () => {
      await blob('ckslot1/scratch').upload('x', 1)
      for (const conditions of [onlyNew, {}]) {
        await expect(blob('ckslot1/scratch').upload('y', 1, conditions)).rejects.toMatchObject(noOverwrite)
      }
    })

    test('can hold a lease where it was given the right, and nowhere else', async () => {
      for (const place of ['ckslot1/locks', 'ckslot1/scratch'] as const) await blob(place).upload('', 0)
      await expect(blob('ckslot1/locks').getBlobLeaseClient().acquireLease(15)).resolves.toBeDefined()
      await expect(blob('ckslot1/scratch').getBlobLeaseClient().acquireLease(15)).rejects.toMatchObject(notPermitted)
    })

    test('cannot set, shorten or lift a policy, not even while uploading', async () => {
      const until = new Date('2030-01-01T00:00:00Z')
      const policy = { expiriesOn: until, policyMode: 'Unlocked' } as const
      await expect(blob('ckslot1/backups').upload('x', 1, { immutabilityPolicy: policy })).rejects.toMatchObject(
        notPermitted
      )
      await blob('ckslot1/backups').upload('x', 1, onlyNew)
      await expect(blob('ckslot1/backups').setImmutabilityPolicy(policy)).rejects.toMatchObject(notPermitted)
      await expect(blob('ckslot1/backups').deleteImmutabilityPolicy()).rejects.toMatchObject(notPermitted)
      await expect(blob('ckslot1/backups').setLegalHold(false)).rejects.toMatchObject(notPermitted)
    })

    test('cannot touch the store of another', async () => {
      await expect(blob('ckrecords/records').upload('x', 1)).rejects.toMatchObject(notPermitted)
      await blob('ckrecords/records', appIdentity).upload('x', 1)
      await expect(blob('ckrecords/records').download()).rejects.toMatchObject(notPermitted)
    })

    test('can list what is there, and see that the container is immutable', async () => {
      await blob('ckslot1/backups').upload('x', 1, onlyNew)
      const container = service('ckslot1').getContainerClient('backups')
      const names = []
      for await (const item of container.listBlobsFlat()) names.push(item.name)
      expect(names).toContain(name)
      const properties = await container.getProperties()
      expect(properties).toMatchObject({ isImmutableStorageWithVersioningEnabled: true, hasImmutabilityPolicy: true })
    })

    test('cannot make or remove a container', async () => {
      await expect(service('ckslot1').getContainerClient('more').create()).rejects.toMatchObject(notPermitted)
      await expect(service('ckslot1').getContainerClient('backups').delete()).rejects.toMatchObject(notPermitted)
    })
  })

  describe('the app on its records', () => {
    test('may replace a blob, which has no policy', async () => {
      await blob('ckrecords/records', appIdentity).upload('x', 1)
      await blob('ckrecords/records', appIdentity).upload('y', 1)
      const properties = await blob('ckrecords/records', appIdentity).getProperties()
      expect(properties.immutabilityPolicyMode).toBeUndefined()
      expect(String(await blob('ckrecords/records', appIdentity).downloadToBuffer())).toBe('y')
    })

    test('may hold a lease, which keeps a second holder and an unleased write out', async () => {
      await blob('ckrecords/records', appIdentity).upload('x', 1)
      const lease = blob('ckrecords/records', appIdentity).getBlobLeaseClient()
      const { leaseId = '' } = await lease.acquireLease(15)
      const second = blob('ckrecords/records', appIdentity).getBlobLeaseClient()
      await expect(second.acquireLease(15)).rejects.toMatchObject({ statusCode: 409, code: 'LeaseAlreadyPresent' })
      await expect(blob('ckrecords/records', appIdentity).upload('y', 1)).rejects.toMatchObject({ statusCode: 412 })
      await blob('ckrecords/records', appIdentity).upload('y', 1, { conditions: { leaseId } })
      await lease.releaseLease()
    })

    test('may take the same lease again under the same id', async () => {
      await blob('ckrecords/records', appIdentity).upload('x', 1)
      const leaseId = crypto.randomUUID()
      const lease = () => blob('ckrecords/records', appIdentity).getBlobLeaseClient(leaseId)
      await lease().acquireLease(60)
      await expect(lease().acquireLease(60)).resolves.toMatchObject({ leaseId })
    })

    test('may not delete', async () => {
      await blob('ckrecords/records', appIdentity).upload('x', 1)
      await expect(blob('ckrecords/records', appIdentity).delete()).rejects.toMatchObject(notPermitted)
    })
  })

  describe('a blob of the records', () => {
    const record = (): BlockBlobClient => blob('ckrecords/records', appIdentity)
    const conditionNotMet = { statusCode: 412, code: 'ConditionNotMet' }

    test('is changed only by who has seen its newest content, where that is asked', async () => {
      const { etag: first = '' } = await record().upload('one', 3, onlyNew)
      const { etag: second = '' } = await record().upload('two', 3, { conditions: { ifMatch: first } })
      expect(second).not.toBe(first)
      await expect(record().upload('three', 5, { conditions: { ifMatch: first } })).rejects.toMatchObject(
        conditionNotMet
      )
      await expect(record().setMetadata({}, { conditions: { ifMatch: first } })).rejects.toMatchObject(conditionNotMet)
      await expect(record().downloadToBuffer(0, 3, { conditions: { ifMatch: first } })).rejects.toMatchObject(
        conditionNotMet
      )
      await record().setMetadata({ of: 'key' }, { conditions: { ifMatch: second } })
      expect(await record().getProperties()).toMatchObject({ metadata: { of: 'key' } })
      expect(String(await record().downloadToBuffer())).toBe('two')
    })

    test('that is absent is not there for anybody, and cannot be matched', async () => {
      await expect(record().getProperties()).rejects.toMatchObject({
        statusCode: 404,
        details: { errorCode: 'BlobNotFound' }
      })
      await expect(record().download()).rejects.toMatchObject({ statusCode: 404, code: 'BlobNotFound' })
      await expect(record().upload('x', 1, { conditions: { ifMatch: '*' } })).rejects.toMatchObject(conditionNotMet)
      expect(await record().exists()).toBe(false)
    })

    test('tells the times of the rehearsal, of which the second moves with each change', async () => {
      const before = Math.floor(around.clock.now() / 1000) * 1000
      await record().upload('x', 1)
      await around.clock.advance(86_400_000)
      await record().upload('y', 1)
      const { createdOn, lastModified, date } = await record().getProperties()
      expect(Number(createdOn)).toBeGreaterThanOrEqual(before)
      expect(Number(lastModified) - Number(createdOn)).toBeGreaterThanOrEqual(86_400_000)
      expect(Number(date)).toBeGreaterThanOrEqual(Number(lastModified))
      const listed = await pageOf({ prefix: name })
      expect(listed.segment.blobItems[0]?.properties).toMatchObject({ createdOn, lastModified })
    })

    test('is not created a second time by who may write over it and does not want to', async () => {
      await record().upload('one', 3, onlyNew)
      await expect(record().upload('two', 3, onlyNew)).rejects.toMatchObject({
        statusCode: 409,
        code: 'BlobAlreadyExists'
      })
    })

    test('is read in part', async () => {
      await record().upload('content', 7)
      expect(String(await record().downloadToBuffer(2, 3))).toBe('nte')
    })

    test('can be sent in blocks, and not of blocks that were never sent', async () => {
      const ids = ['0001', '0002'].map((id) => Buffer.from(id).toString('base64'))
      for (const [index, id] of ids.entries()) await record().stageBlock(id, `part ${String(index)};`, 7)
      await record().commitBlockList(ids, { metadata: { of: 'blocks' } })
      expect(String(await record().downloadToBuffer())).toBe('part 0;part 1;')
      expect(await record().getProperties()).toMatchObject({ metadata: { of: 'blocks' }, contentLength: 14 })
      await expect(record().commitBlockList(['AAAA'])).rejects.toMatchObject({
        statusCode: 400,
        code: 'InvalidBlockList'
      })
    })

    test('that is leased keeps out who names no lease or another, until the lease is over by the rehearsal', async () => {
      await record().upload('x', 1)
      const lease = record().getBlobLeaseClient()
      const { leaseId = '' } = await lease.acquireLease(60)
      const other = { conditions: { leaseId: crypto.randomUUID() } }
      await expect(record().upload('y', 1)).rejects.toMatchObject({ statusCode: 412, code: 'LeaseIdMissing' })
      await expect(record().setMetadata({})).rejects.toMatchObject({ statusCode: 412, code: 'LeaseIdMissing' })
      await expect(record().upload('y', 1, other)).rejects.toMatchObject({ code: 'LeaseIdMismatchWithBlobOperation' })
      await expect(record().download(0, 1, other)).rejects.toMatchObject({ code: 'LeaseIdMismatchWithBlobOperation' })
      expect(await record().getProperties()).toMatchObject({ leaseState: 'leased', leaseDuration: 'fixed' })
      await around.clock.advance(61_000)
      await record().upload('y', 1)
      await expect(record().upload('z', 1, { conditions: { leaseId } })).rejects.toMatchObject({
        statusCode: 412,
        code: 'LeaseNotPresentWithBlobOperation'
      })
      await expect(lease.releaseLease()).rejects.toMatchObject({ statusCode: 409 })
    })

    test('takes no lease shorter than 15 seconds, and none where there is no blob', async () => {
      await expect(record().getBlobLeaseClient().acquireLease(15)).rejects.toMatchObject({ code: 'BlobNotFound' })
      await record().upload('x', 1)
      await expect(record().getBlobLeaseClient().acquireLease(5)).rejects.toMatchObject({ code: 'InvalidHeaderValue' })
    })

    test('is listed in the order of names, page by page, from where the page before ended', async () => {
      const folder = `pages ${String(count)} & <more>`
      const names = ['b', 'a/2', 'c', 'a/1', 'B'].map((each) => `${folder}/${each}`)
      for (const each of names)
        await service('ckrecords', appIdentity).getContainerClient('records').getBlockBlobClient(each).upload('x', 1)
      const seen: string[][] = []
      for (let from: string | undefined; seen.length === 0 || from !== ''; ) {
        const page = await pageOf({ prefix: `${folder}/`, most: 2, from })
        seen.push(page.segment.blobItems.map((item) => item.name.slice(folder.length + 1)))
        from = page.continuationToken ?? ''
      }
      expect(seen).toEqual([['B', 'a/1'], ['a/2', 'b'], ['c']])
      expect((await pageOf({ prefix: `${folder}/none` })).segment.blobItems).toEqual([])
    })

    test('in a container that is not there is not found', async () => {
      const nowhere = service('ckrecords', appIdentity).getContainerClient('nowhere').getBlockBlobClient('x')
      await expect(nowhere.upload('x', 1)).rejects.toMatchObject({ statusCode: 404, code: 'ContainerNotFound' })
      await expect(nowhere.download()).rejects.toMatchObject({ statusCode: 404, code: 'ContainerNotFound' })
    })

    async function pageOf({ prefix, most = 10, from }: { prefix: string; most?: number; from?: string | undefined }) {
      const container = service('ckrecords', appIdentity).getContainerClient('records')
      const pages = container
        .listBlobsFlat({ prefix })
        .byPage({ maxPageSize: most, ...(from && { continuationToken: from }) })
      for await (const page of pages) return page
      throw new Error('There was no page.')
    }
  })

  describe('storage refuses', () => {
    test('a request without a token', async () => {
      const anonymous = new BlobServiceClient('https://ckslot1.blob.core.windows.net', undefined, azure.options())
      await expect(anonymous.getContainerClient('backups').getBlobClient('x').download()).rejects.toMatchObject({
        statusCode: 401,
        code: 'NoAuthenticationInformation'
      })
    })

    test('a token for another audience', async () => {
      const credential = credentialOf(slotIdentity, around, 'https://vault.azure.net')
      const wrong = new BlobServiceClient('https://ckslot1.blob.core.windows.net', credential, azure.options())
      await expect(wrong.getContainerClient('backups').getBlobClient('x').download()).rejects.toMatchObject({
        statusCode: 401
      })
    })

    test('an identity without any right', async () => {
      await expect(blob('ckslot1/backups', stranger).download()).rejects.toMatchObject(notPermitted)
    })

    // https://blog.stigok.com/2022/03/09/azure-storage-blobs-rest-api-with-bearer-token.html
    test.for([undefined, '2015-12-11'])('a token with the version %s of the service', async (version) => {
      const request = {
        method: 'GET',
        host: 'ckslot1.blob.core.windows.net',
        path: `/backups/x`,
        target: `/backups/x`,
        query: new Map<string, string>(),
        headers: version === undefined ? {} : { 'x-ms-version': version },
        body: Buffer.alloc(0),
        caller: { ...slotIdentity, audience: 'https://storage.azure.com' },
        requestId: 'some'
      }
      const answer = await storage.service.raw?.handle(request, around)
      expect(answer).toMatchObject({ status: 403, headers: { 'x-ms-error-code': 'AuthenticationFailed' } })
      const newest = { ...request, headers: { 'x-ms-version': '2026-06-06' } }
      expect(await storage.service.raw?.handle(newest, around)).toMatchObject({ status: 404 })
    })

    test('where it is made to fail, in XML with the code beside it', async () => {
      azure.faults.add({
        service: 'storage',
        kind: 'status',
        status: 503,
        code: 'ServerBusy',
        message: 'The server is busy.',
        times: 1
      })
      await expect(blob('ckslot1/backups').download()).rejects.toMatchObject({
        statusCode: 503,
        code: 'ServerBusy',
        details: { errorCode: 'ServerBusy', message: 'The server is busy.' }
      })
    })

    test('an account that does not exist, as a network failure', async () => {
      const nowhere = service('nobodysaccount').getContainerClient('c').getBlobClient('x')
      await expect(nowhere.download()).rejects.toMatchObject({ name: 'RestError', statusCode: undefined })
    })
  })

  test('everything asked of storage is in the journal under its operation', async () => {
    await blob('ckslot1/backups').upload('x', 1, onlyNew)
    await blob('ckslot1/backups').getProperties()
    const last = around.journal.entries().slice(-2)
    expect(last).toMatchObject([
      { service: 'storage', operation: 'blob.put', status: 201, applied: true, callerClientId: slotIdentity.clientId },
      { service: 'storage', operation: 'blob.getProperties', status: 200 }
    ])
    expect(JSON.stringify(around.journal.entries())).not.toContain('sig=')
  })
})
