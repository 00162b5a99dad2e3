import { BlobServiceClient, type BlockBlobClient } from '@azure/storage-blob'
import { expect, onTestFinished, test } from 'vitest'
import { writerRights } from '../../../../local/azure/storage/accounts.ts'
import { azuriteEngine } from '../../../../local/azure/storage/azurite-engine.ts'
import { journaled } from '../../../../local/azure/storage/journaled.ts'
import { startStorage } from '../../../../local/azure/storage/service.ts'
import { appIdentity, credentialOf, freshSurroundings, serveDataPlanes, tenantId } from '../data-planes.ts'

const containers = [{ name: 'records' }, { name: 'evidence', immutableDays: 30 }]
const accounts = [
  {
    name: 'ckrecords',
    containers,
    assignments: [{ objectId: appIdentity.objectId, rights: [...writerRights, 'blobs/delete'] as const }]
  }
]

/** A storage whose Azurite can be lost with all that is in it, as a kill loses it: what is left is the world's file. */
async function lossyStorage() {
  const around = freshSurroundings()
  const open = async () => {
    const engine = await journaled(await azuriteEngine(['ckrecords']), around.world)
    const storage = await startStorage({ engine, tenantId, accounts })
    const azure = await serveDataPlanes([storage.service], around)
    return { azure, storage }
  }
  const close = async () => {
    await now.azure.stop()
    await now.storage.stop()
  }
  let now = await open()
  onTestFinished(close)
  return {
    around,
    lose: async () => {
      await close()
      now = await open()
    },
    blob: (name: string, container = 'records'): BlockBlobClient =>
      new BlobServiceClient(
        'https://ckrecords.blob.core.windows.net',
        credentialOf(appIdentity, around),
        now.azure.options()
      )
        .getContainerClient(container)
        .getBlockBlobClient(name)
  }
}

const contentOf = async (blob: BlockBlobClient): Promise<string> => String(await blob.downloadToBuffer())

test('what storage answered for is there after a kill, as it was last', async () => {
  const { blob, lose } = await lossyStorage()
  await blob('kept').upload('first', 5, { conditions: { ifNoneMatch: '*' } })
  await blob('kept').upload('second', 6, { metadata: { of: 'a kill' } })
  await blob('changed').upload('x', 1, { metadata: { of: 'before' } })
  await blob('changed').setMetadata({ of: 'after' })
  await blob('changed').setHTTPHeaders({ blobContentType: 'text/plain' })
  await blob('gone').upload('x', 1)
  await blob('gone').delete()
  for (let kills = 0; kills < 2; kills++) await lose()
  expect(await contentOf(blob('kept'))).toBe('second')
  expect(await blob('kept').getProperties()).toMatchObject({ metadata: { of: 'a kill' } })
  expect(await blob('changed').getProperties()).toMatchObject({
    metadata: { of: 'after' },
    contentType: 'text/plain'
  })
  expect(await blob('gone').exists()).toBe(false)
})

test('what was sent in blocks is there, and blocks that are in no blob yet can still be put into one', async () => {
  const { blob, lose } = await lossyStorage()
  const id = (name: string) => Buffer.from(name).toString('base64')
  await blob('blocks').stageBlock(id('one'), 'one', 3)
  await blob('blocks').commitBlockList([id('one')])
  await blob('half').stageBlock(id('one'), 'half', 4)
  await blob('blocks').stageBlock(id('one'), 'two', 3) // for a list that does not come
  await lose()
  expect(await contentOf(blob('blocks'))).toBe('one')
  await blob('half').commitBlockList([id('one')])
  expect(await contentOf(blob('half'))).toBe('half')
})

test('a lease is held by who held it, though its blob was written under it', async () => {
  const { blob, lose } = await lossyStorage()
  await blob('lock').upload('', 0)
  const { leaseId = '' } = await blob('lock').getBlobLeaseClient().acquireLease(60)
  await blob('lock').upload('held', 4, { conditions: { leaseId } })
  await lose()
  await expect(blob('lock').getBlobLeaseClient().acquireLease(60)).rejects.toMatchObject({
    code: 'LeaseAlreadyPresent'
  })
  await blob('lock').getBlobLeaseClient(leaseId).releaseLease()
  await lose()
  await blob('lock').getBlobLeaseClient().acquireLease(60)
})

test('what is immutable is so from the very turn in which it is there: a kill leaves both or none', async () => {
  const { blob, around } = await lossyStorage()
  const together: boolean[] = []
  const looked = setInterval(() => {
    const kept = around.world.collection('blobJournal').keys().length
    const noted = around.world.collection('blobProtections').keys().length
    const dated = around.world.collection('blobTimes').keys().length
    together.push(kept - containers.length === noted && noted === dated)
  })
  for (let each = 0; each < 20; each++) await blob(`evidence ${String(each)}`, 'evidence').upload('x', 1)
  clearInterval(looked)
  expect(together).not.toContain(false)
  expect(together.length).toBeGreaterThan(10)
})

test('of a blob that is written again and again the newest is kept, and nothing more', async () => {
  const { blob, around } = await lossyStorage()
  const before = around.world.collection('blobJournal').keys().length
  for (let each = 0; each < 5; each++) {
    await blob('often').upload(String(each), 1)
    await blob('often').setMetadata({ of: String(each) })
    const lease = blob('often').getBlobLeaseClient()
    await lease.acquireLease(15)
    await lease.releaseLease()
  }
  expect(around.world.collection('blobJournal').keys()).toHaveLength(before + 2)
})
