import {
  InMemoryOrchestrationBackend,
  type OrchestrationContext,
  OrchestrationStatus,
  type Task,
  TestOrchestrationClient,
  TestOrchestrationWorker,
  whenAll
} from '@microsoft/durabletask-js'
import { timed } from './measure.ts'
import { completed, df, onHost } from './on-host.ts'
import { silently } from './silently.ts'

// The same orchestration on both sides: so many activities at once, whose sum is the result.

/** How many orchestrations, each of how many activities. */
export interface Load {
  readonly runs: number
  readonly activities: number
}

/** Milliseconds for all, started at once, on our host. */
export function fanOutOurs({ runs, activities }: Load): Promise<number> {
  return onHost({ register }, (host) =>
    timed(() => Promise.all(Array.from({ length: runs }, () => summed(completed(host, 'fan', activities), activities))))
  )
}

/** Milliseconds for all, each started when the one before has ended, on our host. */
export function oneByOneOurs({ runs, activities }: Load): Promise<number> {
  return onHost({ register }, (host) =>
    timed(async () => {
      for (let run = 0; run < runs; run += 1) await summed(completed(host, 'fan', activities), activities)
    })
  )
}

function register(): void {
  df.app.activity('add', { handler: (input: number) => input + 1 })
  df.app.orchestration('fan', function* (context) {
    const inputs = Array.from({ length: Number(context.df.getInput()) }, (_, index) => index)
    // The handler of "add" returns numbers.
    const results = (yield context.df.Task.all(
      inputs.map((input) => context.df.callActivity('add', input))
    )) as number[]
    return sum(results)
  })
}

/** Milliseconds for all, started at once, on the peer's backend in memory. */
export function fanOutPeer({ runs, activities }: Load): Promise<number> {
  return silently(async () => {
    const backend = new InMemoryOrchestrationBackend(1_000_000)
    const worker = new TestOrchestrationWorker(backend)
    worker.addNamedActivity('add', (_, input: number) => input + 1)
    worker.addNamedOrchestrator('fan', peersFan)
    const client = new TestOrchestrationClient(backend)
    await worker.start()
    const run = async (): Promise<unknown> => {
      const state = await client.waitForOrchestrationCompletion(
        await client.scheduleNewOrchestration('fan', activities)
      )
      if (state?.runtimeStatus !== OrchestrationStatus.COMPLETED) throw new Error('The peer did not complete.')
      return JSON.parse(state.serializedOutput ?? 'null')
    }
    try {
      return await timed(() => Promise.all(Array.from({ length: runs }, () => summed(run(), activities))))
    } finally {
      await worker.stop()
    }
  })
}

// The peer runs asynchronous generators only.
async function* peersFan(
  context: OrchestrationContext,
  count: number
): AsyncGenerator<Task<number[]>, number, number[]> {
  const tasks = Array.from({ length: count }, (_, index) => context.callActivity<number, number>('add', index))
  return sum(yield whenAll(tasks))
}

async function summed(result: Promise<unknown>, activities: number): Promise<void> {
  const got = await result
  if (got !== (activities * (activities + 1)) / 2)
    throw new Error(`A fan-out of ${activities} summed to ${String(got)}.`)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
