import { FeatureClient } from '@azure/arm-features'
import { ManagedIdentityCredential } from '@azure/identity'
import { createDefaultHttpClient, createPipelineFromOptions, createPipelineRequest } from '@azure/core-rest-pipeline'

/** Run as a process of its own, as the host is: argument 1 is a client id, 2 a subscription. Prints one JSON line. */
const [clientId = '', subscription = ''] = process.argv.slice(2)
const client = new FeatureClient(new ManagedIdentityCredential({ clientId }), subscription)
const feature = await client.features.register('Microsoft.Resources', 'mandatoryRetentionPeriodEnabled')
const outside = await sendOutside('https://example.com/').catch((error: unknown) => String(error))
process.stdout.write(JSON.stringify({ state: feature.properties?.state, outside }))

async function sendOutside(url: string): Promise<number> {
  const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 } })
  return (await pipeline.sendRequest(createDefaultHttpClient(), createPipelineRequest({ url }))).status
}
