import type { IncomingMessage, ServerResponse } from 'node:http'

/** One request that has been read to its end. */
export interface Exchange {
  readonly method: string
  readonly url: URL
  /** The path's segments, decoded but for `%2F`; one is empty where slashes follow each other. */
  readonly segments: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string | Uint8Array
}

/** Why a request gets an empty answer before anything looks at it. */
export type RefusalStatus = 400 | 413

/** Azure Functions takes 100 MB; what is larger is refused, and its connection closed. */
export const MAX_BODY_BYTES = 100 * 1024 * 1024

export async function readExchange(request: IncomingMessage, maxBytes: number): Promise<Exchange | RefusalStatus> {
  const address = parseAddress(request)
  if (!address) return 400
  const body = await readBody(request, maxBytes)
  return body ? { method: (request.method ?? 'GET').toUpperCase(), ...address, headers: joined(request), body } : 413
}

export function send(response: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers })
  response.end(body)
}

export function json(status: number, value: unknown, headers: Answer['headers'] = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value)
  }
}

function parseAddress(request: IncomingMessage): Pick<Exchange, 'url' | 'segments'> | undefined {
  try {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`)
    const segments = url.pathname.replace(/^\//, '').replace(/\/$/, '').split('/').map(decoded)
    if (segments.some((segment) => segment.includes('\0'))) return undefined
    return { url, segments: segments.length === 1 && segments[0] === '' ? [] : segments }
  } catch {
    return undefined
  }
}

/** Kestrel leaves an encoded slash as it is. */
const decoded = (segment: string): string => decodeURIComponent(segment.replaceAll(/%(?=2f)/gi, '%25'))

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  // Left open when too much has come, because the answer has still to go out.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    // Without an encoding a request yields buffers.
    const bytes = chunk as Buffer
    size += bytes.length
    if (size > maxBytes) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function joined({ headers }: IncomingMessage): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const]
  )
  return Object.fromEntries(entries)
}
