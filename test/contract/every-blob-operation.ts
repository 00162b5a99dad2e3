import { writerRights, type StorageAccountSeed } from '../../local/azure/storage/accounts.ts'
import { nobody, owner } from './conversation.ts'
import type { Conversation } from './conversation.ts'

export const blobAccount: StorageAccountSeed = {
  name: 'contractstore',
  containers: [{ name: 'backups', immutableDays: 365 }, { name: 'locks' }],
  assignments: [
    { objectId: owner.objectId, rights: [...writerRights, 'blobs/delete', 'containers/write', 'containers/delete'] }
  ]
}

const account = 'https://contractstore.blob.core.windows.net'
const immutable = `${account}/backups/vault/key`
const free = `${account}/locks/vault/lock`
const version = { 'x-ms-version': '2026-10-06', 'x-ms-client-request-id': '00000000-0000-4000-8000-00000000c0de' }
const blockBlob = { ...version, 'x-ms-blob-type': 'BlockBlob', 'x-ms-meta-sha256': 'ab' }
const leaseId = '00000000-0000-4000-8000-00000000001e'

/** Asks for every operation of the Blob service, of a blob under a policy and of one without. */
export async function aboutBlobs(conversation: Conversation): Promise<void> {
  await aboutContainers(conversation)
  await aboutWriting(conversation)
  await aboutLeases(conversation)
  await aboutReading(conversation)
  await whatBlobsRefuse(conversation)
  await conversation.say({ method: 'DELETE', url: free, headers: version })
}

async function aboutContainers({ say }: Conversation): Promise<void> {
  await say({ method: 'GET', url: `${account}/backups?restype=container`, headers: version })
  for (const method of ['PUT', 'DELETE'])
    await say({ method, url: `${account}/more?restype=container`, headers: version })
}

async function aboutWriting({ say }: Conversation): Promise<void> {
  for (const url of [immutable, free]) await say({ method: 'PUT', url, headers: blockBlob, body: 'content' })
  const block = Buffer.from('block').toString('base64')
  const list = `<?xml version="1.0" encoding="utf-8"?><BlockList><Latest>${block}</Latest></BlockList>`
  const inBlocks = `${account}/backups/vault/blocks`
  await say({
    method: 'PUT',
    url: `${inBlocks}?comp=block&blockid=${encodeURIComponent(block)}`,
    headers: version,
    body: 'content'
  })
  await say({ method: 'PUT', url: `${inBlocks}?comp=blocklist`, headers: version, body: list })
  await say({ method: 'PUT', url: `${free}?comp=metadata`, headers: { ...version, 'x-ms-meta-of': 'key' } })
  await say({
    method: 'PUT',
    url: `${free}?comp=properties`,
    headers: { ...version, 'x-ms-blob-content-type': 'text/plain' }
  })
}

async function aboutLeases({ say }: Conversation): Promise<void> {
  const acquire = {
    ...version,
    'x-ms-lease-action': 'acquire',
    'x-ms-lease-duration': '60',
    'x-ms-proposed-lease-id': leaseId
  }
  await say({ method: 'PUT', url: `${free}?comp=lease`, headers: acquire })
  for (const method of ['HEAD', 'GET']) await say({ method, url: free, headers: version })
  await say({ method: 'GET', url: `${account}/locks?restype=container&comp=list`, headers: version })
  await say({ method: 'PUT', url: free, headers: blockBlob, body: 'not its holder' })
  await say({
    method: 'PUT',
    url: `${free}?comp=lease`,
    headers: { ...version, 'x-ms-lease-action': 'release', 'x-ms-lease-id': leaseId }
  })
}

async function aboutReading({ say }: Conversation): Promise<void> {
  await say({ method: 'HEAD', url: immutable, headers: version })
  for (const range of [{}, { 'x-ms-range': 'bytes=0-3' }])
    await say({ method: 'GET', url: immutable, headers: { ...version, ...range } })
  for (const prefix of ['vault/', 'none/']) {
    await say({
      method: 'GET',
      url: `${account}/backups?restype=container&comp=list&prefix=${prefix}`,
      headers: version
    })
  }
}

async function whatBlobsRefuse({ say }: Conversation): Promise<void> {
  const absent = `${account}/backups/absent`
  for (const method of ['HEAD', 'GET']) await say({ method, url: absent, headers: version })
  await say({ method: 'GET', url: `${account}/nowhere/absent`, headers: version })
  for (const as of [nobody, 'no token'] as const) await say({ method: 'GET', url: immutable, headers: version, as })
  for (const condition of [{}, { 'if-none-match': '*' }]) {
    await say({ method: 'PUT', url: immutable, headers: { ...blockBlob, ...condition }, body: 'again' })
  }
  await say({ method: 'DELETE', url: immutable, headers: version })
  await say({ method: 'PUT', url: `${immutable}?comp=legalhold`, headers: version })
}
