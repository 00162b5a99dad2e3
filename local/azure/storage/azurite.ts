import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Azurite's blob service on a loopback port of its own. It is plain HTTP: only the WORM layer talks to it. */
export interface Azurite {
  readonly port: number
  /** Base64 key of an account; the same for every Azurite of this process. */
  keyOf(account: string): string
  stop(): Promise<void>
}

/** Starts Azurite inside this process, its blobs kept under `directory`, so that a restarted rehearsal finds them. */
export async function startAzurite(directory: string, accounts: readonly string[]): Promise<Azurite> {
  mkdirSync(directory, { recursive: true })
  announceAccounts(accounts)
  const server = blobServer(directory)
  await server.start()
  return {
    port: Number(new URL(server.getHttpServerAddress()).port),
    keyOf,
    stop: () => server.close()
  }
}

/** Azurite has no types of its own and its library form is undocumented: this is all that we use of it. */
interface BlobServer {
  start(): Promise<void>
  close(): Promise<void>
  getHttpServerAddress(): string
}

type Constructor<T> = new (...options: readonly unknown[]) => T

const keys = new Map<string, string>()

function keyOf(account: string): string {
  const key = keys.get(account) ?? randomBytes(64).toString('base64')
  keys.set(account, key)
  return key
}

/** Azurite reads its accounts from the environment, at start and then once a minute: they stay there, all of them. */
function announceAccounts(accounts: readonly string[]): void {
  for (const account of accounts) keyOf(account)
  process.env['AZURITE_ACCOUNTS'] = [...keys].map(([name, key]) => `${name}:${key}`).join(';')
}

function blobServer(directory: string): BlobServer {
  const Configuration = azuriteClass<object>('BlobConfiguration')
  const Server = azuriteClass<BlobServer>('BlobServer')
  const extents = [{ locationId: 'Default', locationPath: join(directory, 'extents'), maxConcurrency: 4 }]
  const noLog = [false, undefined, false, undefined] as const
  // Azurite answers 400 to the API version of a storage-blob newer than itself unless told not to look.
  const lax = { looseMode: false, skipApiVersionCheck: true }
  return new Server(
    new Configuration(
      '127.0.0.1',
      0,
      5,
      join(directory, 'blobs.json'),
      join(directory, 'extents.json'),
      extents,
      ...noLog,
      lax.looseMode,
      lax.skipApiVersionCheck
    )
  )
}

function azuriteClass<T>(name: string): Constructor<T> {
  const require = createRequire(import.meta.url)
  const loaded = require(`azurite/dist/src/blob/${name}`) as { default: Constructor<T> } // seen in azurite 3.37
  return loaded.default
}
