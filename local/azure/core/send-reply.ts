import type { ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'
import type { SimulatedResponse } from './service.ts'

/** Puts an answer on the wire, or fails the connection as the fault says. `identity` is on every response. */
export function sendReply(reply: ServerResponse, { response, fault }: Answer, identity: Record<string, string>): void {
  if (fault?.kind === 'reset' || fault?.kind === 'lost-reply') {
    reply.destroy()
    return
  }
  const body = bodyOf(response)
  reply.sendDate = false
  reply.writeHead(response.status, { ...contentHeaders(response, body), ...identity, ...response.headers })
  if (fault?.kind === 'truncate') reply.write(body.subarray(0, body.length >> 1), () => reply.destroy())
  else reply.end(body)
}

function bodyOf({ body, json }: SimulatedResponse): Buffer {
  return body ?? Buffer.from(json === undefined ? '' : JSON.stringify(json))
}

function contentHeaders({ status, json, headers = {} }: SimulatedResponse, body: Buffer): Record<string, string> {
  const hasLength = Object.keys(headers).some((name) => name.toLowerCase() === 'content-length')
  return {
    ...(json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(hasLength || status === 204 ? {} : { 'content-length': String(body.length) })
  }
}
