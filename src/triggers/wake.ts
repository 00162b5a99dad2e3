import type { Ledger } from '../contracts/ledger.ts'
import { entriesOfKind, type Entry } from '../domain/ledger/entry.ts'
import { look } from '../names.ts'
import type { Orchestrations } from './durable-client.ts'

interface Wakers {
  readonly ledger: Pick<Ledger, 'entries'>
  readonly orchestrations: Pick<Orchestrations, 'raise'>
}

/** Tells the newest instance of each chain to look. Who is not there, or busy, hears of it when it next looks by itself. */
export async function wakeAll({ ledger, orchestrations }: Wakers, chains: readonly string[]): Promise<void> {
  for (const chain of chains) await wake(orchestrations, await ledger.entries(chain))
}

export async function wake(orchestrations: Wakers['orchestrations'], entries: readonly Entry[]): Promise<void> {
  const newest = entriesOfKind(entries, 'generation').at(-1)
  if (newest) await orchestrations.raise(newest.said.instance, look, {})
}
