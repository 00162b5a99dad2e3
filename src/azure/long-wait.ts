import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline'

/** Azure asked for a longer wait than an activity may spend; a durable timer waits instead (DESIGN rule 7). */
export class LongWait extends Error {
  override readonly name = 'LongWait'
  readonly response: PipelineResponse

  constructor(response: PipelineResponse) {
    super('Azure asked to wait longer than one activity may take')
    this.response = response
  }
}

/**
 * Gives up on an answer whose `Retry-After` is beyond five seconds. The SDK's own retry policy obeys that header
 * without a limit and would sleep until the call is aborted, hiding the throttling behind a timeout.
 */
export const longWaitPolicy: PipelinePolicy = {
  name: 'longWaitPolicy',
  async sendRequest(request, next) {
    const response = await next(request)
    const seconds = Number(response.headers.get('retry-after'))
    if ([429, 503].includes(response.status) && seconds > longestWaitSeconds) throw new LongWait(response)
    return response
  }
}

const longestWaitSeconds = 5
