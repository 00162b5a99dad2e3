import { AzureError } from '../core/service.ts'
import type { Service, SimulatedRequest, SimulatedResponse, Surroundings } from '../core/service.ts'
import type { StorageAccountSeed } from './accounts.ts'
import type { BlobEngine, Forward } from './engine.ts'
import { judge } from './judge.ts'
import { operationOf } from './operations.ts'
import { badToken, errorXml, refusalResponse, unknownOperation } from './refusals.ts'
import { carryOut } from './carry-out.ts'
import { inTurn, type InTurn } from './in-turn.ts'
import { noteTimes } from './times.ts'

/** The simulated blob service, running. */
export interface Storage {
  readonly service: Service
  /** A blob as an administrator of the account would download it; undefined when it is not there. */
  read(account: string, container: string, name: string): Promise<Buffer | undefined>
  /** Writes a blob as Event Grid does its dead letters: its right was looked at when it was subscribed. */
  readonly write: (written: WrittenBlob, around: Surroundings) => Promise<void>
  stop(): Promise<void>
}

export interface WrittenBlob {
  readonly account: string
  readonly container: string
  readonly blob: string
  readonly content: Buffer
}

export interface StorageOptions {
  readonly engine: BlobEngine
  readonly tenantId: string
  readonly accounts: readonly StorageAccountSeed[]
}

/**
 * A store of blobs behind a thin layer that knows what the store does not: who may do what, which blobs are immutable,
 * and what time it is in the rehearsal. Creates the seeded containers that are not there yet.
 */
export async function startStorage({ engine, tenantId, accounts }: StorageOptions): Promise<Storage> {
  const { forward } = engine
  await createContainers(accounts, forward)
  return {
    service: blobService({ tenantId, accounts, forward }),
    read: async (account, container, name) => {
      const reply = await forward(plainRequest('GET', account, `/${container}/${name}`))
      return reply.status === 200 ? reply.body : undefined
    },
    write: async ({ account, container, blob, content }, around) => {
      const request = plainRequest('PUT', account, `/${container}/${blob}`)
      const { status } = await forward({ ...request, body: content }, { 'x-ms-blob-type': 'BlockBlob' })
      const address = `${account}/${container}/${blob}`
      if (status !== 201) throw new Error(`The store answered ${status} to the blob ${address}.`)
      noteTimes({ effect: 'create', name: 'blob.put' }, address, around)
    },
    stop: () => engine.stop()
  }
}

const suffix = '.blob.core.windows.net'

function blobService({ tenantId, accounts, forward }: Omit<StorageOptions, 'engine'> & { forward: Forward }): Service {
  const byHost = new Map(accounts.map((account) => [account.name + suffix, account]))
  const turns = inTurn()
  return {
    name: 'storage',
    owns: (host) => byHost.has(host) || (host.endsWith(suffix) && 'no-such-host'),
    routes: [],
    errorBody: errorXml,
    refuseToken: (_fault, request, { clock }) =>
      versioned(request, refusalResponse(badToken(tenantId), request.requestId, clock.nowIso())),
    raw: {
      operation: (request) => operationOf(request)?.name ?? 'unknown',
      handle: async (request, around) =>
        versioned(
          request,
          await answered({ request, around, tenantId, account: byHost.get(request.host), forward, turns })
        )
    }
  }
}

/** A refusal, too, says the version it answers with; see `test/contract/recordings`. */
function versioned({ headers }: Pick<SimulatedRequest, 'headers'>, response: SimulatedResponse): SimulatedResponse {
  const version = headers['x-ms-version']
  return version === undefined ? response : { ...response, headers: { 'x-ms-version': version, ...response.headers } }
}

interface StorageRequest {
  readonly request: SimulatedRequest
  readonly around: Surroundings
  readonly tenantId: string
  readonly account: StorageAccountSeed | undefined
  readonly forward: Forward
  readonly turns: InTurn
}

async function answered({
  request,
  around,
  tenantId,
  account,
  forward,
  turns
}: StorageRequest): Promise<SimulatedResponse> {
  try {
    const operation = operationOf(request)
    if (operation === undefined || account === undefined) throw unknownOperation()
    const container = account.containers.find((each) => each.name === operation.container)
    const address = `${account.name}/${operation.container}/${operation.blob}`
    // A blob is seen by nobody before the layer knows what the engine does not keep of it, its times first.
    return await turns(address, async () => {
      const verdict = judge({ request, operation, account, tenantId, address, around })
      return carryOut({ request, operation, container, address, verdict, around, forward })
    })
  } catch (error) {
    if (error instanceof AzureError) return refusalResponse(error, request.requestId, around.clock.nowIso())
    throw error
  }
}

async function createContainers(accounts: readonly StorageAccountSeed[], forward: Forward): Promise<void> {
  for (const account of accounts) {
    for (const container of account.containers) {
      const reply = await forward(creationOf(account.name, container.name))
      if (reply.status !== 201 && reply.status !== 409) {
        throw new Error(
          `The store answered ${reply.status} when asked for the container ` +
            `${account.name}/${container.name}. Remove the state folder and start again.`
        )
      }
    }
  }
}

function creationOf(account: string, container: string): SimulatedRequest {
  const request = plainRequest('PUT', account, `/${container}`)
  return { ...request, target: `/${container}?restype=container`, query: new Map([['restype', 'container']]) }
}

function plainRequest(method: string, account: string, path: string): SimulatedRequest {
  return {
    method,
    host: account + suffix,
    path,
    target: path,
    query: new Map(),
    headers: { 'x-ms-version': '2026-06-06' },
    body: Buffer.alloc(0),
    caller: undefined,
    requestId: ''
  }
}
