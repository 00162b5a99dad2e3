import type { Clock } from '../clock.ts'
import { type Log, messageOf } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Write } from '../store/writes.ts'
import type { Work } from '../work.ts'
import type { ExtraInputs, Invoke } from '../worker/invoke.ts'
import type { RegisteredFunction } from '../worker/registry.ts'
import { triggerOf } from '../worker/supported.ts'
import { parseSchedule, type Schedule } from './ncrontab.ts'

export interface TimersOptions {
  readonly functions: Iterable<RegisteredFunction>
  readonly store: Store
  readonly write: Write
  readonly clock: Clock
  readonly work: Work
  readonly log: Log
  readonly invoke: Invoke
  readonly extraInputs: ExtraInputs
  /** The value of an app setting. */
  readonly setting: (name: string) => string | undefined
}

interface Timer {
  readonly target: RegisteredFunction
  readonly text: string
  readonly schedule: Schedule
  readonly runOnStartup: boolean
  last: number | undefined
  next: number
  updated: number
  running: boolean
}

/** Timer triggers. However many occurrences the clock has passed, one call makes up for all of them. */
export class Timers {
  readonly #options: TimersOptions
  readonly #timers: Timer[]
  #stopped = false

  /** Throws, naming the function, on a schedule that cannot be read. */
  constructor(options: TimersOptions) {
    this.#options = options
    this.#timers = [...options.functions]
      .filter((one) => triggerOf(one).type === 'timertrigger')
      .map((one) => this.#load(one))
  }

  /** Notes when each timer is due, so that what is missed before its first call is made up for too. */
  async start(): Promise<void> {
    const { write, store, clock } = this.#options
    await write(() => {
      for (const { target, text, last, next, updated } of this.#timers)
        store.putTimerTrigger(target.name, { schedule: text, last, next, updated })
    })
    for (const timer of this.#timers) {
      if (timer.runOnStartup) this.#fire(timer, clock.now())
    }
  }

  /** The earliest occurrence to come. */
  next(): number | undefined {
    const instants = this.#timers.filter((timer) => !timer.running).map((timer) => timer.next)
    return instants.length === 0 ? undefined : Math.min(...instants)
  }

  /** Fires what the clock has passed. True when there was anything. */
  fireDue(): boolean {
    const now = this.#options.clock.now()
    const due = this.#timers.filter((timer) => !timer.running && timer.next <= now)
    for (const timer of due) this.#fire(timer, now)
    return due.length > 0
  }

  stop(): void {
    this.#stopped = true
  }

  #load(target: RegisteredFunction): Timer {
    const { settings } = triggerOf(target)
    const text = resolve(String(settings['schedule']), this.#options.setting)
    const now = this.#options.clock.now()
    try {
      const schedule = parseSchedule(text)
      const stored = this.#options.store.timerTrigger(target.name)
      const { last, next, updated } =
        stored?.schedule === text ? stored : { last: stored?.last, next: schedule(now), updated: now }
      return {
        target,
        text,
        schedule,
        runOnStartup: settings['runOnStartup'] === true,
        running: false,
        last,
        next,
        updated
      }
    } catch (error) {
      throw new Error(`Timer function "${target.name}": ${messageOf(error)}`, { cause: error })
    }
  }

  #fire(timer: Timer, now: number): void {
    if (this.#stopped || timer.running) return
    timer.running = true
    void this.#options.work.during(() => this.#run(timer, now))
  }

  async #run(timer: Timer, now: number): Promise<void> {
    const { invoke, log, extraInputs, write, store, clock } = this.#options
    const { target } = timer
    const data = { json: JSON.stringify(timerInfo(timer, now)) }
    try {
      await invoke({ target, inputs: [{ name: triggerOf(target).name, data }, ...extraInputs(target)] })
    } catch (error) {
      log({ level: 'error', source: target.name, message: messageOf(error) })
    }
    try {
      const updated = clock.now()
      const status = { last: now, next: timer.schedule(updated), updated }
      await write(() => store.putTimerTrigger(target.name, { ...status, schedule: timer.text }))
      Object.assign(timer, status)
    } catch (error) {
      if (!this.#stopped)
        log({
          level: 'error',
          source: target.name,
          message: `Its schedule status could not be recorded: ${messageOf(error)}`
        })
    } finally {
      timer.running = false
    }
  }
}

/** Later than this, an occurrence counts as missed. */
const PAST_DUE_MS = 5000

function timerInfo({ last, next, updated }: Timer, now: number): object {
  return {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: { Last: iso(last ?? 0), Next: iso(next), LastUpdated: iso(updated) },
    IsPastDue: now - next > PAST_DUE_MS
  }
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}

/** `%NAME%` stands for the app setting NAME. */
function resolve(text: string, setting: TimersOptions['setting']): string {
  return text.replaceAll(/%([^%]+)%/g, (_, name: string) => {
    const value = setting(name)
    if (value === undefined)
      throw new Error(`A timer's schedule names the app setting ${name}, which is not set. Set it.`)
    return value
  })
}
