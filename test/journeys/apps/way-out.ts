import { app } from '@azure/functions'
import { createDefaultHttpClient, createPipelineFromOptions, createPipelineRequest } from '@azure/core-rest-pipeline'

const outside = ['https://example.com/', 'https://login.windows.net/', 'https://management.azure.com.example.com/']

/** An app that tries to leave the machine, as an Azure client would and as Node does, and tells what it was started with. */
app.http('way-out', {
  methods: ['GET'],
  handler: async () => ({
    jsonBody: {
      environment: process.env,
      answers: {
        client: await Promise.all(outside.map((url) => outcomeOf(throughClient(url)))),
        fetch: await Promise.all(outside.map((url) => outcomeOf(fetch(url)))),
        plain: [await outcomeOf(fetch('http://example.com/'))]
      }
    }
  })
})

function throughClient(url: string): Promise<{ status: number }> {
  const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 } })
  return pipeline.sendRequest(createDefaultHttpClient(), createPipelineRequest({ url }))
}

/** The status, or the innermost reason why there is none. */
async function outcomeOf(asked: Promise<{ status: number }>): Promise<string> {
  try {
    return String((await asked).status)
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return String(reason)
  }
}
