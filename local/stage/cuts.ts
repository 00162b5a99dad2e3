import type { AskedRequest } from '../azure/core/answer.ts'
import type { JournalEntry } from '../azure/core/journal.ts'
import type { HostMoment } from '../host/moments.ts'

/**
 * A point of a run at which its host or its worker can be lost: before and after each effect on Azure, when a function
 * begins and ends, when a turn is on disk, and before and after an instance is told something.
 */
export interface CutPoint {
  /** E.g. `before arm vaults.createOrUpdate /subscriptions/…`, `ends make-key (vault-set-up.…)`. */
  readonly name: string
  /** How often the run has come to a point of this name, from 1: with it, the same point in every run. */
  readonly nth: number
  /** Its place among all points of this run, from 1. */
  readonly number: number
}

/** What is lost. A host takes its worker with it. */
export type Lost = 'host' | 'worker'

export interface CutsOptions {
  /** Loses it now. */
  readonly lose: (what: Lost) => void
}

/** Numbers the points of a run, and loses what a test wants lost at one of them. */
export class Cuts {
  readonly #options: CutsOptions
  readonly #met: CutPoint[] = []
  readonly #times = new Map<string, number>()
  #works: { fits: (point: CutPoint) => boolean; work: () => Promise<void> }[] = []
  #wanted: { fits: (point: CutPoint) => boolean; what: Lost }[] = []

  constructor(options: CutsOptions) {
    this.#options = options
  }

  /** Every point so far, in order. */
  get met(): readonly CutPoint[] {
    return this.#met
  }

  /** At the first point that fits, once. */
  at(fits: (point: CutPoint) => boolean, what: Lost = 'host'): void {
    this.#wanted.push({ fits, what })
  }

  /** Does something at the first point that fits, once; what came to the point goes on when it is done. */
  meanwhile(fits: (point: CutPoint) => boolean, work: () => Promise<void>): void {
    this.#works.push({ fits, work })
  }

  /** For whoever watches the host. */
  watch(moment: HostMoment): Promise<void> | undefined {
    const { kind, name, instance } = moment
    return this.#come(`${kind} ${name}${instance === '' ? '' : ` (${instance})`}`)
  }

  /** For whoever hears what is asked of Azure. */
  asked(request: AskedRequest): Promise<void> | undefined {
    return isEffect(request) ? this.#come(`before ${nameOf(request)}`) : undefined
  }

  /** For whoever hears what Azure did. */
  applied(entry: JournalEntry): Promise<void> | undefined {
    return isEffect(entry) ? this.#come(`after ${nameOf(entry)}`) : undefined
  }

  /** What is lost with its host never goes on from here. */
  #come(name: string): Promise<void> | undefined {
    const nth = (this.#times.get(name) ?? 0) + 1
    this.#times.set(name, nth)
    const point = { name, nth, number: this.#met.length + 1 }
    this.#met.push(point)
    const meanwhile = this.#works.find(({ fits }) => fits(point))
    if (meanwhile) {
      this.#works = this.#works.filter((each) => each !== meanwhile)
      return meanwhile.work()
    }
    const wanted = this.#wanted.find(({ fits }) => fits(point))
    if (wanted === undefined) return undefined
    this.#wanted = this.#wanted.filter((each) => each !== wanted)
    this.#options.lose(wanted.what)
    const goesOn = wanted.what === 'worker' && !name.startsWith('before ')
    return goesOn ? undefined : never
  }
}

const never = new Promise<void>(() => undefined)

const isEffect = ({ method }: { method: string }): boolean => method !== 'GET' && method !== 'HEAD'

const nameOf = ({
  service,
  operation,
  host,
  path
}: Pick<JournalEntry, 'service' | 'operation' | 'host' | 'path'>): string => `${service} ${operation} ${host}${path}`
