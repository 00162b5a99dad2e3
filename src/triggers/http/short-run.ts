import type { At } from '../../contracts/orchestration.ts'
import type { Orchestrations } from '../durable-client.ts'
import { refusal } from './http.ts'

/** Looks are repeated this often: a short run takes seconds, and a person waits for the answer. */
const looks = 200
const betweenLooksMs = 150

/**
 * Starts a short orchestration, or joins the one that runs under its id, and waits for its output: triggers have no way
 * to Azure. Refuses with 503 where it does not end in half a minute, or fails.
 */
export async function outputOf<Input, Output>(
  orchestrations: Orchestrations,
  at: At<Input, Output, unknown>,
  input: NoInfer<Input>
): Promise<Output> {
  await orchestrations.start(at, input)
  for (let look = 0; look < looks; look++) {
    const instance = await orchestrations.find(at)
    if (instance?.state === 'completed') return instance.output
    if (instance?.state === 'failed' || instance?.state === 'terminated') break
    await new Promise((resume) => setTimeout(resume, betweenLooksMs))
  }
  throw refusal({
    code: 'run-unfinished',
    title: 'Azure did not answer in time',
    detail: 'Nothing was decided. Try again in a minute.'
  })
}
