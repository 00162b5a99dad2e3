import { bothSlots, type BySlot } from '../domain/terms/by-slot.ts'
import type { Slot } from '../domain/terms/evidence.ts'
import { RetryOptions, type OrchestrationContext, type Task } from 'durable-functions'
import type { Activities, ActivityName } from '../contracts/activities.ts'
import type { Orchestration } from '../contracts/orchestration.ts'
import type { Author } from '../domain/ledger/chains.ts'
import { anHour } from '../domain/state/azure-wait.ts'
import { zip } from '../domain/terms/zip.ts'
import type { CallPlace, Refused } from '../domain/terms/refused.ts'
import type { Outcome, Refusal, Wait } from '../domain/terms/outcome.ts'
import { look } from '../names.ts'
import { lookUntil, type Keeper, type NotYet } from './wait-on-azure.ts'

/**
 * The only file that touches `context.df`. A Task never leaves it: raced or awaited twice, a Task is scheduled twice and
 * results go astray, so every helper makes its Tasks and gives each to exactly one `yield`, `all` or `any`.
 */
export type Context = OrchestrationContext

/** A part of an orchestrator: `yield*` it for its checked result. */
export type Story<T> = Generator<Task, T, unknown>

/** Azure finally refused a step; `tried` in until-held.ts makes it a finding. */
export class StepRefused extends Error {
  override readonly name = 'StepRefused'
  readonly kind: string
  readonly refused: Refused | undefined
  readonly place: CallPlace

  constructor({ message, kind, refused, place = {} }: Refusal) {
    super(message)
    this.kind = kind
    this.refused = refused
    this.place = place
  }
}

/**
 * Why a step failed, in one line and short enough for whatever shows it. The host says which function failed, the worker of
 * Azure that it did, and both show the stack; people need what was thrown.
 */
export function whyFailed(error: unknown): string {
  const text = error instanceof Error ? error.message : ''
  const thrown =
    /^Exception: (.*)$/m.exec(text)?.[1] ?? text.replace(/^\w+ function '[^']*' failed:\s*/, '').split('\n', 1)[0] ?? ''
  return (
    thrown
      .replace(/^\w*Error: /, '')
      .trim()
      .slice(0, longestReason) || 'the step failed without a message'
  )
}

const longestReason = 400

/** Ends an orchestration's story on purpose; caught by the orchestrator alone. What catches failures lets it through. */
export class StoryEnds extends Error {
  override readonly name: string = 'StoryEnds'
}

/** A newer generation carries this chain: whatever this one still did would be done twice. */
export class Superseded extends StoryEnds {
  override readonly name = 'Superseded'

  constructor() {
    super('a newer generation goes on')
  }
}

/** Who works here, and what becomes of it when a cancel or a halt holds its work back. */
export interface Bearing {
  readonly author: Author
  /** Returns when it may be tried again. */
  readonly heldBack: () => Story<void>
}

/** Of each run of an orchestrator's code: every replay makes its own. */
const bearings = new WeakMap<Context, Bearing>()

/** From now on its activities say whose work they are, and are held back by what stands in the ledger. */
export const bear = (context: Context, bearing: Bearing): void => void bearings.set(context, bearing)

/** JavaScript splits durable timers past six days; five business days are at least seven calendar days. */
const longestTimerMs = 5 * 24 * 3600 * 1000

/** The orchestrator's time, ISO 8601 UTC: the same in every replay. */
export const now = (context: Context): string => context.df.currentUtcDateTime.toISOString()

/** The input, as whoever starts this orchestration has to give it. */
export const input = <Input>(context: Context, _contract: Orchestration<Input, unknown, unknown>): Input =>
  context.df.getInput<Input>()

export const setStatus = (context: Context, status: object): void => context.df.setCustomStatus(status)

/**
 * Runs one activity; what a retry may cure is tried eight times, over some six minutes, and where Azure says how long to
 * wait, that is waited for, up to an hour. Throws `StepRefused`, or what was not cured.
 */
export function* act<N extends ActivityName>(
  context: Context,
  name: N,
  toldInput: Activities[N]['input']
): Story<Activities[N]['output']> {
  const [output] = yield* actForEach(context, name, [toldInput])
  return output as Activities[N]['output'] // one for each input
}

/** One activity for each input, at the same time; results in the order of the inputs. */
export function* actForEach<N extends ActivityName>(
  context: Context,
  name: N,
  inputs: readonly Activities[N]['input'][]
): Story<Activities[N]['output'][]> {
  return (yield* outcomesOf(context, name, inputs)).map(settled)
}

/** One activity for each slot, at the same time. */
export function* actInSlots<N extends ActivityName>(
  context: Context,
  name: N,
  inputOf: (slot: Slot) => Activities[N]['input']
): Story<BySlot<Activities[N]['output']>> {
  const [first, second] = yield* actForEach(context, name, bothSlots.map(inputOf))
  if (first === undefined || second === undefined) throw new Error(`Activity ${name} did not answer for both slots.`)
  return { 1: first, 2: second }
}

function* outcomesOf<N extends ActivityName>(
  context: Context,
  name: N,
  inputs: readonly Activities[N]['input'][]
): Story<Outcome<Activities[N]['output']>[]> {
  if (inputs.length === 0) return [] // the SDK throws on `all([])`
  type Answer = Outcome<Activities[N]['output']>
  const outcomes: Answer[] = []
  const { stalled } = yield* lookUntil(
    keeperOf(context),
    { what: `Azure to take ${name} again`, patience: anHour },
    function* () {
      const open = [...inputs.keys()].filter((index) => waitsOf(outcomes[index] ?? stillToAsk).length > 0)
      const answers = yield* unheld(
        context,
        name,
        open.map((index) => inputs[index] as Activities[N]['input']) // of these very inputs
      )
      zip(open, answers).forEach(([index, answer]) => (outcomes[index] = answer))
    },
    () => longestOf(outcomes.flatMap(waitsOf))
  )
  return stalled ? outcomes.map((outcome) => givenUp(outcome, stalled.until)) : outcomes
}

/** Calls each, and those that are held back again, when what stands against them in the ledger stands no more. */
function* unheld<N extends ActivityName>(
  context: Context,
  name: N,
  inputs: readonly Activities[N]['input'][]
): Story<Outcome<Activities[N]['output']>[]> {
  const { author: as, heldBack = stillHeld } = bearings.get(context) ?? {}
  const tasks = inputs.map((each) =>
    context.df.callActivityWithRetry(name, patience(), as === undefined ? each : { ...each, as })
  )
  const outcomes = (yield context.df.Task.all(tasks)) as Outcome<Activities[N]['output']>[]
  const held = outcomes.flatMap((outcome) => ('held' in outcome ? [outcome.held.kind] : []))
  if (held.length === 0) return outcomes
  if (held.includes('superseded')) throw new Superseded()
  yield* heldBack()
  const again = yield* unheld(
    context,
    name,
    inputs.filter((_, index) => isHeld(outcomes[index]))
  )
  return outcomes.map((outcome) => (isHeld(outcome) ? (again.shift() ?? outcome) : outcome))
}

const isHeld = (outcome: Outcome<unknown> | undefined): boolean => outcome !== undefined && 'held' in outcome

/** Only what bears a name in the ledger is ever held back. */
function* stillHeld(): Story<never> {
  yield* []
  throw new Superseded()
}

const stillToAsk: Outcome<never> = { wait: { seconds: 0, kind: '', message: '' } }

const waitsOf = (outcome: Outcome<unknown>): Wait[] => ('wait' in outcome ? [outcome.wait] : [])

function longestOf(waits: readonly Wait[]): NotYet | undefined {
  const [longest] = waits.toSorted((one, other) => other.seconds - one.seconds)
  return longest && { said: longest.message, asked: longest.seconds }
}

const givenUp = <T>(outcome: Outcome<T>, until = ''): Outcome<T> =>
  'wait' in outcome
    ? { refused: { ...outcome.wait, message: `${outcome.wait.message} It asked to be left alone until ${until}.` } }
    : outcome

/** Who keeps the waits of an orchestration, for one run of its code; without one nobody is heard meanwhile. */
const keepers = new WeakMap<Context, Keeper<Task>>()

export const keepWaits = (context: Context, keeper: Keeper<Task>): void => void keepers.set(context, keeper)

export const keeperOf = (context: Context): Keeper<Task> =>
  keepers.get(context) ?? {
    now: () => now(context),
    keep: ({ nextLook }) => sleepUntil(context, new Date(nextLook)),
    over: () => undefined
  }

/** Sleeps towards an absolute moment. */
export function* sleepUntil(context: Context, moment: Date): Story<void> {
  while (context.df.currentUtcDateTime < moment) yield context.df.createTimer(nextTick(context, moment))
}

/** Nobody says this, and no timer runs: an idle host has nothing to wait for. */
export function* sleepForGood(context: Context): Story<void> {
  yield context.df.waitForExternalEvent('nothing')
}

export const later = (context: Context, seconds: number): Date =>
  new Date(context.df.currentUtcDateTime.getTime() + seconds * 1000)

/**
 * Sleeps until somebody says `look`, or until the moment. Whether it was said.
 *
 * A sleep that is over without it leaves its waiter behind. The SDK hands an event to the newest waiter of its name: while the
 * orchestration is busy with something else that is one of those, however old, so they are looked at first.
 */
export function* sleepUntilLook(context: Context, until: Date): Story<boolean> {
  const waiters = leftBehind.get(context) ?? []
  const heard = waiters.filter(({ isCompleted }) => isCompleted)
  const still = waiters.filter((each) => !heard.includes(each))
  leftBehind.set(context, still)
  if (heard.length > 0) return true
  for (;;) {
    const said = context.df.waitForExternalEvent(look)
    const timer = context.df.createTimer(nextTick(context, until))
    if ((yield context.df.Task.any([said, timer])) === said) {
      timer.cancel() // an uncancelled timer would keep the instance alive to its end
      return true
    }
    still.push(said)
    if (context.df.currentUtcDateTime >= until) return false
  }
}

/** Waiters for `look` that nobody yields to any more, for one run of the orchestrator's code: every replay makes its own. */
const leftBehind = new WeakMap<Context, Task[]>()

function settled<T>(outcome: Outcome<T>): T {
  if ('refused' in outcome) throw new StepRefused(outcome.refused)
  if ('wait' in outcome) throw new StepRefused(outcome.wait) // never: it was waited for, or given up
  if ('held' in outcome) throw new Superseded() // never: it was waited for
  return outcome.done
}

function nextTick(context: Context, moment: Date): Date {
  const longest = context.df.currentUtcDateTime.getTime() + longestTimerMs
  return new Date(Math.min(moment.getTime(), longest))
}

function patience(): RetryOptions {
  const options = new RetryOptions(5_000, 8)
  options.backoffCoefficient = 2
  options.maxRetryIntervalInMilliseconds = 120_000
  return options
}
