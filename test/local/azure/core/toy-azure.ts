import { refuseVersion } from '../../../../local/azure/arm/refuse-version.ts'
import { refuseToken } from '../../../../local/azure/arm/refuse-token.ts'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import type { AppliedListener } from '../../../../local/azure/core/answer.ts'
import { issueToken } from '../../../../local/azure/core/bearer-token.ts'
import { makeCertificates } from '../../../../local/azure/core/certificates.ts'
import { SimulatedClock } from '../../../../local/azure/core/clock.ts'
import { FaultList } from '../../../../local/azure/core/faults.ts'
import { startGateway } from '../../../../local/azure/core/gateway.ts'
import { Journal } from '../../../../local/azure/core/journal.ts'
import { AzureError, type Service } from '../../../../local/azure/core/service.ts'
import { StoredWorld } from '../../../../local/azure/core/world.ts'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

export interface Sent {
  readonly host?: string
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export const identity = { clientId: 'c1', objectId: 'o1', tenantId: 't1' }

/** A gateway with one small service, and a client as plain as can be: what it sends is what goes over the wire. */
export async function startToyAzure() {
  const world = new StoredWorld(':memory:')
  const around = {
    world,
    clock: new SimulatedClock({ world, mode: 'skip', startAt: new Date('2026-11-23T17:00:00Z') }),
    journal: new Journal(world)
  }
  const faults = new FaultList()
  const applied: AppliedListener[] = []
  const certificates = await makeCertificates()
  const gateway = await startGateway({ services: [toyService], around, faults, applied, certificates })
  const proxyPort = Number(new URL(gateway.proxyUrl).port)
  const token = (audience: string, seconds = 3600) =>
    issueToken({ ...identity, audience }, world.secret, Math.floor(Date.now() / 1000) + seconds)
  return {
    ...around,
    faults,
    applied,
    proxyPort,
    token,
    stop: () => gateway.stop(),
    send: (sent: Sent) => send(sent, { proxyPort, ca: certificates.authority, token: token(audience) })
  }
}

export type ToyAzure = Awaited<ReturnType<typeof startToyAzure>>

export const audience = 'https://management.azure.com'
export const toys: string[] = []

const toyService: Service = {
  name: 'arm',
  owns: (host) => host === 'management.azure.com' || (host.endsWith('.vault.azure.net') && 'no-such-host'),
  audiences: [audience],
  errorBody: (code, message) => ({ error: { code, message } }),
  refuseToken,
  refuseVersion,
  unknown: ({ path }) => new AzureError(404, 'InvalidResourceType', `There are no toys at ${path}.`),
  routes: [
    {
      method: 'PUT',
      path: '/Toys/{toy}',
      operation: 'toys.put',
      apiVersions: ['2026-01-01'],
      handle: ({ body, caller }, { toy = '' }) => {
        toys.push(toy)
        return { status: 201, json: { toy, body: body.toString(), by: caller?.objectId } }
      }
    },
    {
      method: 'GET',
      path: '/{*scope}/boxes/{box}',
      operation: 'boxes.get',
      handle: (_request, parameters) => ({ status: 200, json: parameters })
    },
    {
      method: 'GET',
      path: '/broken',
      operation: 'broken.get',
      handle: () => {
        throw new Error('a bug in a service')
      }
    }
  ]
}

export interface Tunnel {
  /** Of the proxy's answer; `closed` when it hung up. */
  readonly status: number | 'closed'
  /** When the tunnel stands. */
  readonly socket?: Socket
}

export async function connectTo(authority: string, proxyPort: number): Promise<Tunnel> {
  const asked = httpRequest({ host: '127.0.0.1', port: proxyPort, method: 'CONNECT', path: authority, agent: false })
  asked.end()
  return new Promise((resolve) => {
    asked.on('connect', ({ statusCode }, socket) => resolve({ status: statusCode ?? 0, socket }))
    asked.on('response', ({ statusCode }) => resolve({ status: statusCode ?? 0 }))
    asked.on('error', () => resolve({ status: 'closed' }))
  })
}

async function send(sent: Sent, way: { proxyPort: number; ca: string; token: string }): Promise<Reply> {
  const { host = 'management.azure.com', method = 'GET', path = '/', headers = {}, body } = sent
  const { status, socket } = await connectTo(`${host}:443`, way.proxyPort)
  if (status !== 200 || socket === undefined) throw new Error(`The proxy answered ${status}.`)
  const secure = tlsConnect({ socket, servername: host, ca: way.ca })
  await once(secure, 'secureConnect')
  const asked = httpsRequest({
    host,
    method,
    path,
    createConnection: () => secure,
    headers: { authorization: `Bearer ${way.token}`, connection: 'close', ...headers }
  })
  asked.end(body)
  return readReply(asked).finally(() => secure.destroy())
}

function readReply(asked: ReturnType<typeof httpsRequest>): Promise<Reply> {
  return new Promise((resolve, reject) => {
    asked.on('error', reject)
    asked.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString()
        })
      )
    })
  })
}
