import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { AzureError, type SimulatedRequest } from './service.ts'

/** Reads the whole request and undoes what clients do to paths and parameter names. Throws 413 above 16 MiB. */
export async function readRequest(incoming: IncomingMessage): Promise<Omit<SimulatedRequest, 'caller'>> {
  const target = incoming.url ?? '/'
  const headers = flatHeaders(incoming)
  return {
    method: incoming.method ?? 'GET',
    host: hostName(headers['host'] ?? ''),
    path: normalPath(target),
    target,
    query: lowerCaseQuery(target),
    headers,
    body: await readBody(incoming),
    requestId: randomUUID()
  }
}

/** Lower-case, without port or trailing dot. */
export function hostName(authority: string): string {
  return authority.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase()
}

// arm-authorization sends `//subscriptions/…` and the clients generated for Key Vault `…/?api%2Dversion=…`.
function normalPath(target: string): string {
  const path = target.split('?', 1)[0] ?? ''
  const single = `/${path}`.replace(/\/{2,}/g, '/')
  return single.length > 1 ? single.replace(/\/$/, '') : single
}

function lowerCaseQuery(target: string): Map<string, string> {
  const question = target.indexOf('?')
  const parameters = new URLSearchParams(question < 0 ? '' : target.slice(question + 1))
  return new Map([...parameters].map(([name, value]) => [name.toLowerCase(), value]))
}

function flatHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const bytes of incoming as AsyncIterable<Buffer>) {
    // a stream without encoding yields buffers only
    length += bytes.length
    if (length > BODY_LIMIT) throw new AzureError(413, 'RequestEntityTooLarge', 'The request body is above 16 MiB.')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

const BODY_LIMIT = 16 * 1024 * 1024
