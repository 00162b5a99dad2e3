import type { JournalEntry } from '../azure/core/journal.ts'
import type { ReachableAzure } from '../azure/start.ts'
import type { HostProcess } from './host-process.ts'

export interface CrashOptions {
  readonly azure: Pick<ReachableAzure, 'onApplied'>
  readonly host: Pick<HostProcess, 'pid' | 'kill' | 'loseWorker'>
  readonly seed: number
  readonly say: (line: string) => void
}

/** The effects after which a repeated activity could do harm: each is one to be killed after at least sometimes. */
const harmful = ['keys.create', 'emails.send', 'vaults.createOrUpdate', 'features.register', 'blob.put', 'keys.backup']

/** Most kills of one rehearsal. */
const mostKills = 8
/** Share of applied requests after which the host is killed, beside the first kill. */
const chance = 0.02

/**
 * Kills the host at moments a seed chooses: the first time right after an effect whose reply it never hears, later at
 * any request. What is printed says where.
 */
export function crashAtRandom({ azure, host, seed, say }: CrashOptions): void {
  const random = mulberry32(seed)
  let kills = 0
  let killed: number | undefined
  let harmsBeforeFirst = Math.floor(random() * 6)
  azure.onApplied((entry) => {
    if (host.pid === killed) return // it is dying already
    const inside = isHarmful(entry)
    const first = kills === 0 && inside && harmsBeforeFirst-- <= 0
    if (!first && (kills === 0 || kills >= mostKills || random() > chance)) return
    kills += 1
    killed = host.pid
    const where = inside ? 'inside an activity, after its effect' : 'during a request'
    say(`host killed ${where}: ${entry.service} ${entry.operation} (kill ${String(kills)}, pid ${String(host.pid)})`)
    host.kill()
  })
}

const isHarmful = (entry: JournalEntry): boolean => harmful.includes(entry.operation)

/** Most deaths of the worker in one rehearsal. */
const mostDeaths = 8
/** Deaths within an hour of the rehearsal's clock: what dies three times in one is not taken over until a person says so. */
const mostInAnHour = 2
const hour = 3_600_000
/** Share of what is written to Azure after which it dies, or is to die in a turn. */
const deathChance = 0.06
/** How the ids begin of those in whose turns it dies: who carries an onboarding, who makes a vault, and anybody. */
const carriers = ['onboarding.', 'branch.', '']

/**
 * Has the worker alone die at moments a seed chooses, from begin to end: right after an effect, in the activity that hears no
 * reply, or in the next turn of a carrier, which has then failed for ever. What is printed says where.
 */
export function loseWorkersAtRandom({ azure, host, seed, say }: CrashOptions): void {
  const random = mulberry32(seed)
  const deaths: number[] = []
  let dying = false
  azure.onApplied(async (entry) => {
    const at = Date.parse(entry.at)
    const isSpared = deaths.length >= mostDeaths || deaths.filter((each) => at - each < hour).length >= mostInAnHour
    const first = deaths.length === 0 && isHarmful(entry)
    if (!isWrite(entry) || dying || isSpared || (!first && random() > deathChance)) return
    dying = true
    deaths.push(at)
    const death = `death ${String(deaths.length)}, pid ${String(host.pid)}`
    if (random() < 0.5) {
      await host.loseWorker('now')
      say(`worker lost after ${entry.service} ${entry.operation} (${death})`)
      dying = false
      return
    }
    const carrier = carriers[Math.floor(random() * carriers.length)]
    void host.loseWorker('in a turn', carrier).then((instance) => {
      if (instance !== undefined) say(`worker lost in a turn of ${instance} (${death})`)
      dying = false
    })
  })
}

const isWrite = ({ method }: JournalEntry): boolean => method !== 'GET' && method !== 'HEAD'

/** A small seeded generator (public domain algorithm "mulberry32"); numbers from 0 up to 1. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
