import type { Connection } from './call.ts'
import type { PipelinePolicy } from '@azure/core-rest-pipeline'
import { readablePolicy } from './answers/expected.ts'
import { longWaitPolicy } from './long-wait.ts'

type ClientSettings = Pick<Connection, 'config'>

/** Short retries only: long waits belong to durable timers. A fresh object each time, since `KeyClient` changes it. */
export function clientOptions({ config }: ClientSettings) {
  return { retryOptions: { maxRetries: 2, ...delays(config) }, userAgentOptions, additionalPolicies }
}

/** For calls whose repetition would leave a second key version, mail or overwritten vault (DESIGN §6). */
export function onceOnlyOptions(connection: ClientSettings) {
  return { ...clientOptions(connection), retryOptions: { maxRetries: 0 } }
}

/** Storage counts tries, not retries. */
export function storageOptions({ config }: ClientSettings) {
  return { retryOptions: { maxTries: 3, ...delays(config) }, userAgentOptions }
}

const delays = ({ retryDelayMs }: ClientSettings['config']) => ({
  retryDelayInMs: retryDelayMs,
  maxRetryDelayInMs: 5000
})
const userAgentOptions = { userAgentPrefix: 'customer-key-onboarding' }
const additionalPolicies: { policy: PipelinePolicy; position: 'perRetry' }[] = [
  { policy: longWaitPolicy, position: 'perRetry' },
  { policy: readablePolicy, position: 'perRetry' }
]
