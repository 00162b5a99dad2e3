import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'

/** Azurite's blob service on a loopback port of its own. It is plain HTTP: only the WORM layer talks to it. */
export interface Azurite {
  readonly port: number
  /** Base64 key of an account; the same for every Azurite of this process. */
  keyOf(account: string): string
  stop(): Promise<void>
}

/** Starts Azurite inside this process, empty, its blobs in memory: on disk it would save them when it likes. */
export async function startAzurite(accounts: readonly string[]): Promise<Azurite> {
  announceAccounts(accounts)
  const server = blobServer()
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

function blobServer(): BlobServer {
  const Configuration = azuriteClass<object>('blob/BlobConfiguration')
  const Server = azuriteClass<BlobServer>('blob/BlobServer')
  const noFiles = ['', '', []] as const
  const noLog = [false, undefined, false, undefined] as const
  // Azurite answers 400 to the API version of a storage-blob newer than itself unless told not to look.
  const lax = [false, true] as const
  const noCertificate = ['', '', '', undefined, false] as const
  const inMemory = [true, memory()] as const
  return new Server(new Configuration('127.0.0.1', 0, 5, ...noFiles, ...noLog, ...lax, ...noCertificate, ...inMemory))
}

/** Of one server: that of Azurite's own is shared by all of a process, and keeps what they leave in it. */
function memory(): object {
  const { MemoryExtentChunkStore } = azuriteModule<Record<'MemoryExtentChunkStore', Constructor<object>>>(
    'common/persistence/MemoryExtentStore'
  )
  return new MemoryExtentChunkStore()
}

const azuriteClass = <T>(name: string): Constructor<T> => azuriteModule<{ default: Constructor<T> }>(name).default

function azuriteModule<T>(name: string): T {
  return createRequire(import.meta.url)(`azurite/dist/src/${name}`) as T // seen in azurite 3.37
}
