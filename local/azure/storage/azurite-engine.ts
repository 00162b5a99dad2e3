import { startAzurite } from './azurite.ts'
import type { BlobEngine } from './engine.ts'
import { forwarderTo } from './forward.ts'

/** Azurite inside this process, its blobs kept under `directory`. */
export async function azuriteEngine(directory: string, accounts: readonly string[]): Promise<BlobEngine> {
  const azurite = await startAzurite(directory, accounts)
  return { forward: forwarderTo(azurite), stop: () => azurite.stop() }
}
