import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  StorageSharedKeyCredential
} from '@azure/storage-blob'
import type { SimulatedRequest, SimulatedResponse } from '../core/service.ts'
import type { Azurite } from './azurite.ts'
import type { Forward } from './engine.ts'

/** Azurite knows no identities: the WORM layer has judged the caller, and what it lets pass carries an account SAS. */
export function forwarderTo(azurite: Azurite): Forward {
  const signatures = new Map<string, string>()
  return (request, headers = {}) => {
    const account = accountOf(request.host)
    const signature = signatures.get(account) ?? accountSas(account, azurite.keyOf(account))
    signatures.set(account, signature)
    return send({ ...request, headers: { ...request.headers, ...headers } }, azurite.port, signature)
  }
}

/** The account a host name of the blob service belongs to. */
export function accountOf(host: string): string {
  return host.slice(0, host.indexOf('.'))
}

function accountSas(account: string, key: string): string {
  const tenYears = new Date(Date.now() + 3650 * 86_400_000)
  return generateAccountSASQueryParameters(
    {
      expiresOn: tenYears,
      permissions: AccountSASPermissions.parse('rwdlacupitfx'),
      resourceTypes: AccountSASResourceTypes.parse('sco').toString(),
      services: AccountSASServices.parse('b').toString()
    },
    new StorageSharedKeyCredential(account, key)
  ).toString()
}

function send(request: SimulatedRequest, port: number, signature: string): Promise<SimulatedResponse> {
  const path = request.target + (request.target.includes('?') ? '&' : '?') + signature
  const headers = {
    ...without(request.headers, ownOfRequest),
    host: request.host,
    'content-length': String(request.body.length)
  }
  const options = { host: '127.0.0.1', port, method: request.method, path, headers, agent: false }
  return new Promise((resolve, reject) => {
    const sent = httpRequest(options, (reply) => {
      received(reply, request).then(resolve, reject)
    })
    sent.on('error', reject)
    sent.end(request.body)
  })
}

async function received(reply: IncomingMessage, asked: SimulatedRequest): Promise<SimulatedResponse> {
  const parts: Buffer[] = []
  for await (const part of reply) parts.push(part as Buffer) // a stream without encoding yields buffers only
  const flat = Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name, String(value)]))
  return {
    status: reply.statusCode ?? 500,
    headers: { ...without(flat, ownOfReply), ...versionAnswered(flat, asked) },
    body: Buffer.concat(parts)
  }
}

/** Azurite names its own version; the service names the one it was asked in. */
function versionAnswered(reply: Readonly<Record<string, string>>, asked: SimulatedRequest): Record<string, string> {
  const version = asked.headers['x-ms-version']
  return reply['x-ms-version'] === undefined || version === undefined ? {} : { 'x-ms-version': version }
}

const ownOfRequest = ['authorization', 'connection', 'transfer-encoding', 'host', 'content-length']
/** The last one is in no definition. */
const ownOfReply = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'server',
  'x-ms-request-id',
  'date',
  'x-ms-delete-type-permanent'
]

function without(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
}
