import { Agenda, type AgendaEntry, type AgendaHandler } from './agenda.ts'
import { reportFailure } from './report-failure.ts'
import type { Collection, World } from './world.ts'

/** `skip` jumps over waiting when the host is idle; `real` waits as life does. */
export type ClockMode = 'real' | 'skip'

/** Somebody outside Azure who acts by time: the scripted people of a rehearsal. */
export interface ClockSource {
  /** Looks at the world before every decision, so that what changed since is known. */
  observe(): Promise<void>
  /** When it wants to act next, in simulated milliseconds; absent when it waits for others. */
  next(): number | undefined
  /** Acts on what is due at `now`. */
  run(now: number): Promise<void>
}

export interface ClockOptions {
  readonly world: World
  readonly mode: ClockMode
  /** Where a fresh state begins; the present when absent. Ignored by a state that already has its time. */
  readonly startAt?: Date
}

/** The real clock plus a persisted offset, and whatever waits for it: Azure's agenda and the scripted people. */
export class SimulatedClock {
  readonly mode: ClockMode
  readonly #agenda: Agenda
  readonly #offset: Collection<{ offsetMs: number }>
  readonly #world: World
  readonly #sources: ClockSource[] = []
  #turn: Promise<unknown> = Promise.resolve()
  #pump: NodeJS.Timeout | undefined
  #stillReports = 0
  /** How often somebody has acted. */
  #acts = 0

  constructor({ world, mode, startAt }: ClockOptions) {
    this.mode = mode
    this.#world = world
    this.#agenda = new Agenda(world)
    this.#offset = world.collection('clock')
    if (!this.#offset.has('offset')) this.#jumpTo(startAt?.getTime() ?? Date.now())
  }

  /** Simulated milliseconds since 1970. */
  now(): number {
    return Date.now() + this.offsetMs
  }

  nowIso(): string {
    return new Date(this.now()).toISOString()
  }

  /** How many reports in a row found the host waiting for somebody who is in no script: time stands still. */
  get stillReports(): number {
    return this.#stillReports
  }

  get offsetMs(): number {
    return this.#offset.get('offset')?.offsetMs ?? 0
  }

  /** Resolves once the time that it has come to, and all that was done by then, is on disk. */
  saved(): Promise<void> {
    return this.#world.saved()
  }

  schedule(entry: AgendaEntry): void {
    this.#agenda.schedule(entry)
  }

  cancel(key: string): boolean {
    return this.#agenda.cancel(key)
  }

  handle(kind: string, handler: AgendaHandler): void {
    this.#agenda.handle(kind, handler)
  }

  addSource(source: ClockSource): void {
    this.#sources.push(source)
  }

  /**
   * The host has nothing runnable until `due`. In `skip` mode runs what is due now; where nothing is, jumps to the
   * earliest instant anybody waits for. With nothing to wait for, time stands still. One call at a time; a host to which
   * something was said since its call is idle no longer, and calls again.
   */
  idle(due: number | undefined): Promise<void> {
    const acts = this.#acts
    return this.#inTurn(async () => {
      if (this.mode === 'real' || acts !== this.#acts) return
      await this.#observe()
      const ran = await this.#runDue()
      const target = ran ? this.now() : earliest([due, this.#next()])
      this.#stillReports = target === undefined ? this.#stillReports + 1 : 0 // whoever counts them sees no other number between
      if (target === undefined || target <= this.now()) return
      this.#jumpTo(target)
      await this.#runDue() // nobody has done anything since they looked
    })
  }

  /** Lets `ms` pass at once, stopping at every instant something is due on the way. */
  advance(ms: number): Promise<void> {
    return this.#inTurn(async () => {
      const end = this.now() + ms
      await this.#lookAndRun()
      for (let next = this.#next(); next !== undefined && next <= end; next = this.#next()) {
        if (next > this.now()) this.#jumpTo(next)
        if (!(await this.#lookAndRun())) break
      }
      if (end > this.now()) this.#jumpTo(end)
    })
  }

  /** In `real` mode nobody reports idleness: time itself has to carry out what is due. */
  start(): void {
    if (this.mode !== 'real') return
    this.#pump = setInterval(() => void this.#inTurn(() => this.#lookAndRun()).catch(reportPlan), PUMP_EVERY_MS)
  }

  async stop(): Promise<void> {
    clearInterval(this.#pump)
    await this.#turn
  }

  async #observe(): Promise<void> {
    for (const source of this.#sources) await source.observe()
  }

  async #lookAndRun(): Promise<boolean> {
    await this.#observe()
    return this.#runDue()
  }

  async #runDue(): Promise<boolean> {
    let ran = await this.#agenda.runDue(this.now())
    for (const source of this.#sources) {
      const next = source.next()
      if (next === undefined || next > this.now()) continue
      await source.run(this.now())
      ran = true
    }
    if (ran) this.#acts++
    return ran
  }

  #next(): number | undefined {
    return earliest([this.#agenda.next(), ...this.#sources.map((source) => source.next())])
  }

  #jumpTo(instant: number): void {
    this.#offset.set('offset', { offsetMs: instant - Date.now() })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }
}

const PUMP_EVERY_MS = 500

function earliest(instants: (number | undefined)[]): number | undefined {
  const known = instants.filter((instant) => instant !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

function reportPlan(error: unknown): void {
  reportFailure('at something it had planned', error)
}
