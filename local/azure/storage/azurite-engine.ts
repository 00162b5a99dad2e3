import { startAzurite } from './azurite.ts'
import type { BlobEngine } from './engine.ts'
import { forwarderTo } from './forward.ts'

/** Azurite inside this process, empty. What it takes is as long as it runs: `journaled` gives it to the next one. */
export async function azuriteEngine(accounts: readonly string[]): Promise<BlobEngine> {
  const azurite = await startAzurite(accounts)
  return { forward: forwarderTo(azurite), stop: () => azurite.stop() }
}
