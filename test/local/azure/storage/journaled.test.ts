import { BlobServiceClient } from '@azure/storage-blob'
import { expect, test } from 'vitest'
import { writerRights } from '../../../../local/azure/storage/accounts.ts'
import { azuriteEngine } from '../../../../local/azure/storage/azurite-engine.ts'
import { journaled } from '../../../../local/azure/storage/journaled.ts'
import { startStorage } from '../../../../local/azure/storage/service.ts'
import {
  appIdentity,
  credentialOf,
  freshSurroundings,
  serveDataPlanes,
  temporaryFolder,
  tenantId
} from '../data-planes.ts'

const accounts = [
  {
    name: 'ckrecords',
    containers: [{ name: 'records' }],
    assignments: [{ objectId: appIdentity.objectId, rights: writerRights }]
  }
]

test('what storage answered for is there after a kill, though Azurite had not saved it', async () => {
  const around = freshSurroundings()
  const [lost, next] = [temporaryFolder(), temporaryFolder()]
  const before = await open(lost.path)
  await before.container.getBlockBlobClient('kept').upload('first', 5, { conditions: { ifNoneMatch: '*' } })
  await before.container.getBlockBlobClient('kept').upload('second', 6, { metadata: { of: 'a kill' } })
  await before.azure.stop()
  const after = await open(next.path) // a kill leaves the world's file, and of Azurite's whatever was saved: here nothing
  expect(String(await after.container.getBlockBlobClient('kept').downloadToBuffer())).toBe('second')
  expect(await after.container.getBlockBlobClient('kept').getProperties()).toMatchObject({ metadata: { of: 'a kill' } })
  await after.azure.stop()
  for (const { storage } of [before, after]) await storage.stop()
  expect(around.world.collection('blobJournal').values()).toEqual([]) // a stop saves everything
  for (const folder of [lost, next]) folder.remove()

  async function open(folder: string) {
    const engine = await journaled(await azuriteEngine(folder, ['ckrecords']), around.world)
    const storage = await startStorage({ engine, tenantId, accounts })
    const azure = await serveDataPlanes([storage.service], around)
    const client = new BlobServiceClient(
      'https://ckrecords.blob.core.windows.net',
      credentialOf(appIdentity, around),
      azure.options()
    )
    return { storage, azure, container: client.getContainerClient('records') }
  }
})
