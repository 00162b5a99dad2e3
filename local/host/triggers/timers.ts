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
  /** How often it has fired since an instance died. */
  ticks: number
}

/** Timer triggers. However many occurrences the clock has passed, one call makes up for all of them. */
export class Timers {
  readonly #options: TimersOptions
  readonly #timers: Timer[]
  #stopped = false
  #noticeFrom = Number.NEGATIVE_INFINITY
  #noticeUntil = Number.NEGATIVE_INFINITY
  #lateFrom = Number.NEGATIVE_INFINITY
  #deaths = 0

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
    if (store.isBereft()) this.noteDeath()
    else if (clock.now() - Number(store.meta(LOSS) ?? Number.NaN) < LOSS_SPAN_MS) await this.noteLoss()
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

  /**
   * An instance died, or is gone: whoever is to notice that may be one of these timers, so that for a while a clock that
   * skips is to come to them. When nobody minds, it stands still again; and what dies at each tick of a timer that starts
   * it is noted so often and no more.
   */
  noteDeath(): void {
    this.#note(HOUR_MS)
    this.#lateFrom = this.#noticeFrom
  }

  /** The worker died: what it was about to start may never have begun, and no instance tells. */
  async noteLoss(): Promise<void> {
    this.#note(LOSS_SPAN_MS)
    const { write, store } = this.#options
    await write(() => store.setMeta(LOSS, String(this.#noticeFrom))) // three deaths end this host
  }

  #note(span: number): void {
    this.#deaths += 1
    if (this.#deaths > MOST_DEATHS) return
    this.#noticeFrom = this.#options.clock.now()
    this.#noticeUntil = Math.max(this.#noticeUntil, this.#noticeFrom + span)
    for (const timer of this.#timers) timer.ticks = 0
  }

  /** The next instant at which a death might be noticed: a tick, or a time long after. */
  nextNotice(): number | undefined {
    const ticks = this.#timers
      .filter(({ running, ticks: fired, next }) => !running && fired < NOTICING_TICKS && next <= this.#noticeUntil)
      .map(({ next }) => next)
    const now = this.#options.clock.now()
    const late = this.#timers.length === 0 ? [] : LATE_LOOKS_MS.map((after) => this.#lateFrom + after)
    const instants = [...ticks, ...late.filter((instant) => instant > now)]
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
        ticks: 0,
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
    timer.ticks += 1
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

/** Of each timer, so often after a death: one may have to look twice. */
const NOTICING_TICKS = 3
const MOST_DEATHS = 100
const MINUTE_MS = 60 * 1000
const HOUR_MS = 60 * MINUTE_MS
/** What had no time to begin is announced, and due within minutes. */
const LOSS_SPAN_MS = 4 * MINUTE_MS
const LOSS = 'worker lost'
/** What waits for ever is known by being late. */
const LATE_LOOKS_MS = [1.1 * HOUR_MS, 2.2 * HOUR_MS]

/** Later than this, an occurrence counts as missed. */
const PAST_DUE_MS = 5000

/** A timer that may tick more often than each minute has no schedule status. */
function timerInfo({ last, next, updated, schedule }: Timer, now: number): object {
  const isFrequent = schedule(next) - next < MINUTE_MS
  return {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: isFrequent ? null : { Last: iso(last ?? 0), Next: iso(next), LastUpdated: iso(updated) },
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
