import { blobTimes } from '../azure/storage/times.ts'
import type { BlobEngine } from '../azure/storage/engine.ts'
import { inMemoryEngine } from '../azure/storage/in-memory/engine.ts'
import type { World } from '../azure/core/world.ts'

/** A document as it was left in a store, e.g. by a release before: a row of test/replay/ledgers. */
export interface LyingBlob {
  readonly account: string
  readonly container: string
  readonly name: string
  /** ISO 8601 UTC: when the store took it, which entries of a ledger name. */
  readonly at: string
  readonly text: string
  readonly metadata?: Readonly<Record<string, string>>
}

/** A store in memory in which these lie, since when they say. */
export async function engineWith(blobs: readonly LyingBlob[], world: World): Promise<BlobEngine> {
  const engine = inMemoryEngine()
  for (const { account, container } of blobs) await put(engine, account, { path: `/${container}`, isContainer: true })
  for (const { account, container, name, at, text, metadata = {} } of blobs) {
    const path = `/${[container, ...name.split('/')].map(encodeURIComponent).join('/')}`
    const headers = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [`x-ms-meta-${key}`, value]))
    await put(engine, account, { path, text, headers })
    const created = Date.parse(at)
    blobTimes(world).set(`${account}/${container}/${name}`, { created, modified: created })
  }
  return engine
}

interface Put {
  readonly path: string
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly isContainer?: boolean
}

async function put(
  { forward }: BlobEngine,
  account: string,
  { path, text = '', headers = {}, isContainer = false }: Put
): Promise<void> {
  const { status } = await forward({
    method: 'PUT',
    host: `${account}.blob.core.windows.net`,
    path,
    target: isContainer ? `${path}?restype=container` : path,
    query: new Map(isContainer ? [['restype', 'container']] : []),
    headers: { 'x-ms-blob-type': 'BlockBlob', 'x-ms-blob-content-type': 'application/json', ...headers },
    body: Buffer.from(text),
    caller: undefined,
    requestId: ''
  })
  if (status !== 201 && status !== 409) throw new Error(`The store answered ${String(status)} to ${account}${path}.`)
}
