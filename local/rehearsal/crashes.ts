import type { JournalEntry } from '../azure/core/journal.ts'
import type { ReachableAzure } from '../azure/start.ts'
import type { HostProcess } from './host-process.ts'

export interface CrashOptions {
  readonly azure: ReachableAzure
  readonly host: HostProcess
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
