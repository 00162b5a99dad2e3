import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OrchestrationHandler } from 'durable-functions'
import type { Host } from './host.ts'
import { type Moment, scriptedClock } from './scripted-clock.ts'
import { installFunctionsCore } from './worker/install.ts'

/** Input and output of every activity of an app, by its registered name. */
export type Contracts<A> = { readonly [N in keyof A]: { readonly input: unknown; readonly output: unknown } }

/** Stand-ins for activities, typed as the real ones: one that is renamed or changed no longer compiles. */
export type Fakes<A extends Contracts<A>> = {
  readonly [N in keyof A]?: (input: A[N]['input']) => A[N]['output'] | Promise<A[N]['output']>
}

export interface RaisedEvent {
  /** Simulated time after the start, in milliseconds. */
  readonly after: number
  readonly event: string
  readonly data?: unknown
}

export interface Trial<A extends Contracts<A>> {
  readonly orchestrator: OrchestrationHandler
  readonly input?: unknown
  /** Chosen when absent. */
  readonly instanceId?: string
  readonly activities: Fakes<A>
  /** Sub-orchestrators, by name. */
  readonly orchestrators?: Readonly<Record<string, OrchestrationHandler>>
  /** What the world says to the orchestration, and when. */
  readonly events?: readonly RaisedEvent[]
  /** When it starts. Default: now. */
  readonly from?: Date
}

export interface Outcome<T> {
  readonly status: string
  /** What the orchestrator returned; the text of a failure. The caller says what it expects. */
  readonly output: T
  /** Every call of an activity, in order. */
  readonly calls: readonly { readonly name: string; readonly input: unknown }[]
  /** Simulated time from start to end, in milliseconds. */
  readonly took: number
  /** The history as a table, for a reader. */
  readonly history: string
}

const TESTED = 'orchestrator-under-test'

/**
 * Runs one orchestrator to its end against fake activities, on the embedded host with a clock that skips: replays are
 * real, weeks of waiting are not. Rejects when it comes to wait for what nobody says, with its history so far.
 */
export async function tryOrchestrator<T = unknown, A extends Contracts<A> = Contracts<unknown>>(
  trial: Trial<A>
): Promise<Outcome<T>> {
  installFunctionsCore()
  const { startHost } = await import('./host.ts')
  const folder = mkdtempSync(join(tmpdir(), 'orchestrator-'))
  const clock = scriptedClock(trial.from?.getTime() ?? Date.now())
  const calls: { name: string; input: unknown }[] = []
  const host = await startHost({
    load: () => register(trial, (name, input) => calls.push({ name, input })),
    stateFile: join(folder, 'state.db'),
    clock,
    log: () => undefined
  })
  try {
    const { id, began, stuck } = await begin(host, clock, trial)
    const end = await Promise.race([host.orchestrations.ended(id), stuck])
    const took = clock.now() - began
    // T is the caller's word for what the orchestrator returns.
    return {
      status: String(end?.status),
      output: end?.output as T,
      calls,
      took,
      history: host.orchestrations.history(id)
    }
  } finally {
    await host.stop()
    rmSync(folder, { recursive: true })
  }
}

async function register<A extends Contracts<A>>(
  { orchestrator, orchestrators = {}, activities }: Trial<A>,
  note: (name: string, input: unknown) => void
): Promise<void> {
  const df = await import('durable-functions')
  df.app.orchestration(TESTED, orchestrator)
  for (const [name, handler] of Object.entries(orchestrators)) df.app.orchestration(name, handler)
  // Of the fakes' types only the caller needs to know.
  for (const [name, fake] of Object.entries(activities) as [string, (input: unknown) => unknown][]) {
    df.app.activity(name, {
      handler(input: unknown) {
        note(name, input)
        return fake(input)
      }
    })
  }
}

async function begin<A extends Contracts<A>>(
  { orchestrations }: Host,
  clock: ReturnType<typeof scriptedClock>,
  { input, instanceId, events = [] }: Trial<A>
): Promise<{ id: string; began: number; stuck: Promise<never> }> {
  const began = clock.now()
  const id = await orchestrations.start(TESTED, { input, ...(instanceId !== undefined && { id: instanceId }) })
  const moments = events.map(
    ({ after, event, data }): Moment => ({ at: began + after, happens: () => orchestrations.raise(id, event, data) })
  )
  const stuck = new Promise<never>((_, reject) => {
    clock.begin(moments, () =>
      reject(
        new Error(`It waits for what nobody says: add to "events", or cancel the wait.\n${orchestrations.history(id)}`)
      )
    )
  })
  return { id, began, stuck }
}
