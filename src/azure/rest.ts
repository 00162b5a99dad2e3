import {
  bearerTokenAuthenticationPolicy, createDefaultHttpClient, createPipelineFromOptions, createPipelineRequest, RestError
} from '@azure/core-rest-pipeline'
import type { PipelineResponse } from '@azure/core-rest-pipeline'
import { z } from 'zod'
import type { CallOptions, Connection } from './call.ts'
import { clientOptions } from './clients.ts'
import { longWaitPolicy } from './long-wait.ts'

/** Reads one JSON document; for what no SDK client of ours can ask. Throws `RestError`, as they do. */
export type GetJson = <T>(url: string, shape: z.ZodType<T>, options: CallOptions) => Promise<T>

export function createGetJson({ credential }: Connection, scope: string): GetJson {
  const { retryOptions, userAgentOptions } = clientOptions()
  const pipeline = createPipelineFromOptions({ retryOptions, userAgentOptions })
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: scope }), { phase: 'Sign' })
  pipeline.addPolicy(longWaitPolicy, { afterPhase: 'Sign' })
  const client = createDefaultHttpClient()
  return async (url, shape, { abortSignal, onResponse }) => {
    const response = await pipeline.sendRequest(client, createPipelineRequest({ url, abortSignal }))
    onResponse(response)
    const body = parse(response)
    if (response.status >= 400) throw refusal(response, errorBody.safeParse(body).data?.error.code ?? 'NoCode')
    const read = shape.safeParse(body)
    if (!read.success) throw refusal(response, 'UnexpectedAnswer')
    return read.data
  }
}

const errorBody = z.object({ error: z.object({ code: z.string() }) })

function parse({ bodyAsText }: PipelineResponse): unknown {
  try {
    return JSON.parse(bodyAsText ?? '')
  } catch {
    return undefined
  }
}

function refusal(response: PipelineResponse, code: string): RestError {
  return new RestError(`status ${response.status}`, {
    code, statusCode: response.status, request: response.request, response
  })
}
