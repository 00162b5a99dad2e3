import { type Log, messageOf } from '../log.ts'
import type { Invoke } from '../worker/invoke.ts'
import type { RpcData, RpcHttp } from '../worker/rpc.ts'
import { triggerOf } from '../worker/supported.ts'
import { cookieText } from './cookies.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { Match } from './routes.ts'

export interface HttpCall {
  readonly match: Match
  readonly exchange: Exchange
  /** As the function is to see them. */
  readonly headers: Readonly<Record<string, string>>
  readonly extraInputs: { name: string; data: RpcData }[]
}

/** Calls an HTTP function. A function that throws gets the empty 500 that Azure gives. */
export async function callHttp(
  invoke: Invoke,
  log: Log,
  { match, exchange, headers, extraInputs }: HttpCall
): Promise<Answer> {
  const { target, params } = match
  const http: RpcHttp = {
    method: exchange.method,
    url: exchange.url.href,
    headers,
    params,
    query: queryOf(exchange.url),
    body: { bytes: exchange.body }
  }
  try {
    const { returnValue } = await invoke({
      target,
      inputs: [{ name: triggerOf(target).name, data: { http } }, ...extraInputs]
    })
    return returnValue?.http ? toAnswer(returnValue.http) : { status: 204 }
  } catch (error) {
    log({ level: 'error', source: target.name, message: messageOf(error) })
    return { status: 500 }
  }
}

/** A name that comes twice has both values, as .NET joins them: `1,2`. */
function queryOf({ searchParams }: URL): Record<string, string> {
  return Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name).join(',')]))
}

function toAnswer({ statusCode, headers = {}, cookies = [], body }: RpcHttp): Answer {
  return {
    status: Number(statusCode ?? 200),
    headers: { ...headers, ...(cookies.length > 0 && { 'set-cookie': cookies.map(cookieText) }) },
    body: body?.bytes ?? body?.string ?? ''
  }
}
