import type { ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'

/** Puts an answer on the wire, or fails the connection as the fault says. */
export function sendReply(reply: ServerResponse, { response, fault }: Answer, identity: Record<string, string>): void {
  if (fault?.kind === 'reset' || fault?.kind === 'lost-reply') {
    reply.destroy()
    return
  }
  const body = response.body ?? (response.json === undefined ? undefined : Buffer.from(JSON.stringify(response.json)))
  reply.sendDate = false
  reply.writeHead(response.status, {
    ...(response.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(body === undefined || hasLength(response.headers) ? {} : { 'content-length': String(body.length) }),
    ...identity,
    ...response.headers
  })
  if (fault?.kind === 'truncate') reply.write(body?.subarray(0, body.length >> 1) ?? '', () => reply.destroy())
  else reply.end(body)
}

function hasLength(headers: Readonly<Record<string, string>> = {}): boolean {
  return Object.keys(headers).some(name => name.toLowerCase() === 'content-length')
}
