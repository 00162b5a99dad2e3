import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { randomUUID } from 'node:crypto'
import { Answerer, type AnsweredListener, type AppliedListener, type AskedListener } from './answer.ts'
import type { Certificates } from './certificates.ts'
import type { FaultList } from './faults.ts'
import { closeServer, listenOnLoopback } from './loopback.ts'
import { hostName, readRequest } from './read-request.ts'
import { sendReply } from './send-reply.ts'
import { AzureError, type Service, type Surroundings } from './service.ts'

export interface Gateway {
  /** What goes into HTTPS_PROXY. */
  readonly proxyUrl: string
  /** From now on another Azure answers; whoever is connected to the one before is cut off. */
  serve(served: ServedAzure): void
  /** Drops every connection: what was asked may have been done, and its answer is never heard. */
  cut(): void
  stop(): Promise<void>
}

/** One simulated Azure, as it answers. */
export interface ServedAzure {
  readonly services: readonly Service[]
  readonly around: Surroundings
  readonly faults: FaultList
  readonly asked?: readonly AskedListener[]
  readonly applied: readonly AppliedListener[]
  readonly answered?: readonly AnsweredListener[]
}

export interface GatewayOptions extends ServedAzure {
  readonly certificates: Certificates
}

interface ServingAzure extends ServedAzure {
  readonly answerers: ReadonlyMap<Service, Answerer>
}

/**
 * The only way from the host to Azure: a CONNECT proxy that dials nobody. A tunnel to a simulated host is handed to
 * the TLS server in this process; any other is refused, so nothing can leave the machine.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const {
    certificates: { certificate, key }
  } = options
  let serving = servingOf(options)
  const azure = createTlsServer({ cert: certificate, key }, (request, reply) => {
    serve(request, reply, serving).catch(() => reply.destroy())
  })
  // The default of five seconds races with clients that are about to reuse an idle connection.
  azure.keepAliveTimeout = 0
  const tunnels = new Set<Duplex>()
  const proxy = createHttpServer((request, reply) => refusePlain(request, reply, serving))
  proxy.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    tunnels.add(socket)
    socket.on('close', () => tunnels.delete(socket))
    socket.on('error', () => socket.destroy())
    const tunnel = openTunnel(request.url ?? '', serving)
    if (tunnel === 'no-such-host') {
      socket.destroy()
      return
    }
    if (tunnel === 'refused') {
      refuse(socket)
      return
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    azure.emit('connection', socket)
  })
  const port = await listenOnLoopback(proxy)
  const cut = (): void => {
    for (const tunnel of tunnels) tunnel.destroy()
  }
  return {
    proxyUrl: `http://127.0.0.1:${port}`,
    serve(served) {
      cut()
      serving = servingOf(served)
    },
    cut,
    stop: async () => {
      cut()
      await closeServer(proxy)
    }
  }
}

function servingOf(served: ServedAzure): ServingAzure {
  const answerers = new Map(served.services.map((service) => [service, new Answerer({ ...served, service })]))
  return { ...served, answerers }
}

async function serve(
  incoming: IncomingMessage,
  reply: ServerResponse,
  { services, around, answerers }: ServingAzure
): Promise<void> {
  const service = ownerOf(hostName(incoming.headers.host ?? ''), services, around)
  const answerer = typeof service === 'string' ? undefined : answerers.get(service)
  if (answerer === undefined) {
    reply.writeHead(421).end()
    return
  }
  const request = await readRequest(incoming).catch(tooLarge(reply))
  if (request === undefined) return
  const answer = await answerer.answer(request)
  await around.world.saved() // whoever hears of it may rely on it, whatever is killed then
  sendReply(reply, answer, {
    date: new Date(around.clock.now()).toUTCString(),
    // Each service its own: https://learn.microsoft.com/graph/best-practices-concept, and for the others the article that
    // https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling shows answers in.
    [typeof service !== 'string' && service.name === 'graph' ? 'request-id' : 'x-ms-request-id']: request.requestId
  })
}

type Refusal = 'no-such-host' | 'refused'

function ownerOf(host: string, services: readonly Service[], around: Surroundings): Service | Refusal {
  let answer: Refusal = 'refused'
  for (const service of services) {
    const owns = service.owns(host, around)
    if (owns === true) return service
    if (owns === 'no-such-host') answer = owns
  }
  return answer
}

function openTunnel(authority: string, { services, around }: ServedAzure): 'open' | Refusal {
  const host = hostName(authority)
  const owner = authority.endsWith(':443') ? ownerOf(host, services, around) : 'refused'
  if (typeof owner !== 'string') return 'open'
  recordRefusal({ around, method: 'CONNECT', host: authority, operation: owner })
  return owner
}

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
}

function refusePlain(request: IncomingMessage, reply: ServerResponse, { around }: ServedAzure): void {
  const host = hostName(request.headers.host ?? '')
  recordRefusal({ around, method: request.method ?? '', host, operation: 'refused' })
  reply.writeHead(403).end()
}

function recordRefusal(refused: { around: Surroundings; method: string; host: string; operation: string }): void {
  const {
    around: { clock, journal },
    method,
    host,
    operation
  } = refused
  journal.append({
    at: clock.nowIso(),
    service: 'proxy',
    operation,
    method,
    host,
    path: '',
    status: 403,
    requestId: randomUUID(),
    applied: false
  })
}

function tooLarge(reply: ServerResponse): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof AzureError) reply.writeHead(error.status, { connection: 'close' }).end()
    else reply.destroy()
    return undefined
  }
}
