import type { Entry } from '../../domain/ledger/entry.ts'

/** What a process has read of chains: entries never change, so only what came since is read again. */
export interface KnownChains {
  /** Undefined: nothing was read yet. */
  of(chain: string): readonly Entry[] | undefined
  keep(chain: string, entries: readonly Entry[]): void
}

/** Keeps `most` entries in all; chains that nobody asked for longest go first. */
export function knownChains(most = 20_000): KnownChains {
  const kept = new Map<string, readonly Entry[]>()
  let count = 0
  const forget = (chain: string): void => {
    count -= kept.get(chain)?.length ?? 0
    kept.delete(chain)
  }
  const put = (chain: string, entries: readonly Entry[]): void => {
    forget(chain)
    kept.set(chain, entries)
    count += entries.length
  }
  return {
    of: (chain) => {
      const entries = kept.get(chain)
      if (entries) put(chain, entries)
      return entries
    },
    keep: (chain, entries) => {
      const known = kept.get(chain)
      put(chain, known && known.length > entries.length ? known : entries) // two may read at the same time
      for (const oldest of kept.keys()) {
        if (count <= most || oldest === chain) break
        forget(oldest)
      }
    }
  }
}
