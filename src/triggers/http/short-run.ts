import type { HttpResponseInit } from '@azure/functions'
import { operations, type OperationId, type Operations } from '../../contracts/http/operations.ts'
import type { At } from '../../contracts/orchestration.ts'
import type { Instance, Orchestrations } from '../durable-client.ts'
import { sha256 } from '../../sha256.ts'
import { json, refusal } from './http.ts'

/** A short orchestration that did what only Azure can answer. */
export type CompletedRun<Input, Output> = Extract<Instance<Input, Output>, { state: 'completed' }>

/** A handful of looks, some seconds in all: a person waits for the answer, and what takes longer is looked at again. */
const pausesMs = [100, 200, 400, 800, 1600, 2400]

/**
 * Waits some seconds for a short orchestration. Undefined: it is not done yet. Refuses with 503 where it failed.
 */
export async function endOf<Input, Output>(
  orchestrations: Orchestrations,
  at: At<Input, Output>
): Promise<CompletedRun<Input, Output> | undefined> {
  for (const pause of pausesMs) {
    const instance = await orchestrations.find(at)
    if (instance?.state === 'completed') return instance
    if (instance?.state === 'failed' || instance?.state === 'terminated') throw unfinished()
    await new Promise((resume) => setTimeout(resume, pause))
  }
  return undefined
}

/** Refuses a run that nobody started, or that is forgotten. */
export async function refuseUnknownRun(orchestrations: Orchestrations, at: At<unknown, unknown>): Promise<void> {
  if (await orchestrations.find(at)) return
  throw refusal({
    code: 'no-such-run',
    title: 'There is no such run',
    detail: 'It was never started, or is forgotten: runs are kept some days. Send what started it again.'
  })
}

type WaitingOperation = { [Id in OperationId]: Operations[Id] extends { again: OperationId } ? Id : never }[OperationId]

/** Not done yet: where to look again, and after how many seconds. */
export function lookAgain(id: WaitingOperation, run: string): HttpResponseInit {
  const place = `/api/${operations[operations[id].again].path.replace('{run}', run)}`
  return json(202, { run, waitingOn: 'azure' }, { location: place, 'retry-after': String(againSeconds) })
}

export const againSeconds = 2

/** What names a run of its own: nobody can guess it. */
export const newRun = (): string => sha256(crypto.randomUUID()).slice(0, 32)

const unfinished = () =>
  refusal({
    code: 'run-unfinished',
    title: 'Azure did not answer in time',
    detail: 'Nothing was decided. Try again in a minute.'
  })
