import { setTimeout as pause } from 'node:timers/promises'
import { BlobServiceClient } from '@azure/storage-blob'
import { expect, test } from 'vitest'
import { adderRights } from '../../../../local/azure/storage/accounts.ts'
import type { BlobEngine } from '../../../../local/azure/storage/engine.ts'
import { inMemoryEngine } from '../../../../local/azure/storage/in-memory/engine.ts'
import { startStorage } from '../../../../local/azure/storage/service.ts'
import { appIdentity, credentialOf, freshSurroundings, serveDataPlanes, tenantId } from '../data-planes.ts'

/** An engine that has long written a blob when it says so. */
function slowToAnswer(engine: BlobEngine): BlobEngine {
  return {
    ...engine,
    async forward(request, headers) {
      const reply = await engine.forward(request, headers)
      if (request.method === 'PUT') await pause(50)
      return reply
    }
  }
}

test('whoever asks for a blob while it is written hears the one moment of its creation', async () => {
  const around = freshSurroundings()
  const accounts = [
    {
      name: 'ckrecords',
      containers: [{ name: 'ledger' }],
      assignments: [{ objectId: appIdentity.objectId, rights: adderRights }]
    }
  ]
  const storage = await startStorage({ engine: slowToAnswer(inMemoryEngine()), tenantId, accounts })
  const azure = await serveDataPlanes([storage.service], around)
  const client = new BlobServiceClient(
    'https://ckrecords.blob.core.windows.net',
    credentialOf(appIdentity, around),
    azure.options()
  )
  const entry = client.getContainerClient('ledger').getBlockBlobClient('chain/1')
  const put = () => entry.upload('x', 1, { conditions: { ifNoneMatch: '*' } })

  const [first, second, ...seen] = await Promise.allSettled([
    put(),
    put(),
    ...Array.from({ length: 5 }, () => pause(10).then(() => entry.getProperties()))
  ])
  expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected'])
  const moments = seen.map((each) => (each.status === 'fulfilled' ? each.value.createdOn : each.reason))
  expect(moments[0]).toBeInstanceOf(Date)
  expect(moments).toEqual(moments.map(() => moments[0]))
  await Promise.all([azure.stop(), storage.stop()])
})
