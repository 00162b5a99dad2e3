import { parsedJson } from '../domain/terms/parsed-json.ts'
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  RestError
} from '@azure/core-rest-pipeline'
import type { PipelineResponse } from '@azure/core-rest-pipeline'
import { z } from 'zod'
import { readable } from './answers/expected.ts'
import { Misfit } from './answers/misfit.ts'
import type { Connection, Expecting } from './call.ts'
import { clientOptions } from './clients.ts'
import { longWaitPolicy } from './long-wait.ts'

export interface RestRequest {
  readonly method: 'GET' | 'PATCH' | 'POST' | 'PUT'
  readonly url: string
  readonly json?: unknown
}

/** Sends one request with a JSON answer; for what the SDK clients cannot do. Throws `RestError`, as they do. */
export type SendJson = <T>(request: RestRequest, expecting: Expecting<T>) => Promise<T>

export function createSendJson(connection: Connection, scope: string): SendJson {
  const { credential } = connection
  const { retryOptions, userAgentOptions } = clientOptions(connection)
  const pipeline = createPipelineFromOptions({ retryOptions, userAgentOptions })
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: scope }), { phase: 'Sign' })
  pipeline.addPolicy(longWaitPolicy, { afterPhase: 'Sign' })
  const client = createDefaultHttpClient()
  return async ({ method, url, json }, expecting) => {
    const { abortSignal, onResponse } = expecting
    const content =
      json === undefined
        ? {}
        : { body: JSON.stringify(json), headers: createHttpHeaders({ 'content-type': 'application/json' }) }
    const request = createPipelineRequest({ method, url, abortSignal, ...content })
    const response = await pipeline.sendRequest(client, request)
    onResponse(response)
    return readAnswer(response, expecting)
  }
}

function readAnswer<T>(response: PipelineResponse, expecting: Expecting<T>): T {
  if (response.status < 300 && isWhole(response)) return readable(response, expecting)
  if (response.status < 400) throw new Misfit(`the answer: expected status 200, not ${response.status}`, response)
  const { code = `Status${response.status}`, message } = errorBody.safeParse(parse(response)).data?.error ?? {}
  throw refusal(response, code, message)
}

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string().optional() }) })

/** What is looked at is there at once, and all of it. */
const isWhole = ({ status, request }: PipelineResponse): boolean => request.method !== 'GET' || status === 200

const parse = ({ bodyAsText }: PipelineResponse): unknown => parsedJson(bodyAsText ?? '')

function refusal(response: PipelineResponse, code: string, message = `status ${response.status}`): RestError {
  return new RestError(message, {
    code,
    statusCode: response.status,
    request: response.request,
    response
  })
}
