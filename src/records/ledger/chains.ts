import type { RecordStore, StoredDocument } from '../../contracts/record-store.ts'
import type { Entry, Saying } from '../../domain/ledger/entry.ts'
import { eachOf } from '../../at-a-time.ts'
import { chainOfName, entryAfter, entryDocument, missingEntry, placeOfEntry } from './entry.ts'
import { inTurns } from './in-turns.ts'
import { knownChains } from './known-chains.ts'

/**
 * The chains of a store: numbered lists whose entries are written once, each with the digest of the one before it. Whoever
 * writes a number first has it; all others see it and take the next one.
 */
export interface Chains {
  /**
   * All entries, oldest first; none where there is no such chain. Throws an `UnreadableRecord` where one does not follow the
   * one before it. `isEnough`: what this process has read before may do, without asking the store.
   */
  read(chain: string, isEnough?: Judged): Promise<readonly Entry[]>
  /**
   * Adds what is said, once: an entry with the same id is given back as it is. `mayFollow` judges all entries that it would
   * stand behind; undefined: it may not.
   */
  add(chain: string, said: Saying, mayFollow?: Judged): Promise<Added | undefined>
  /** Names of the chains that begin so, in their order. */
  names(prefix: string): Promise<readonly string[]>
  /** The same with all that they had when they were listed: of what this process has read before nothing is asked again. */
  all(prefix: string): Promise<readonly NamedChain[]>
}

export interface NamedChain {
  readonly chain: string
  readonly entries: readonly Entry[]
}

export interface Added {
  readonly entry: Entry
  /** By this very call. */
  readonly isNew: boolean
}

type Judged = (entries: readonly Entry[]) => boolean

/** Those of a store, with what this process knows of them. */
export function chainsIn(store: RecordStore): Chains {
  const chains = opened.get(store) ?? openChains(store)
  opened.set(store, chains)
  return chains
}

const opened = new WeakMap<RecordStore, Chains>()

function openChains(store: RecordStore): Chains {
  const known = knownChains()
  const inTurn = inTurns()
  async function readOn(chain: string, upTo?: number): Promise<readonly Entry[]> {
    const entries = await entriesFrom(store, chain, known.of(chain) ?? [], upTo)
    known.keep(chain, entries)
    return entries
  }
  return {
    read: async (chain, isEnough = () => false) => {
      const before = known.of(chain) ?? []
      return isEnough(before) ? before : readOn(chain)
    },
    add: (chain, said, mayFollow = () => true) =>
      inTurn(chain, async () => {
        for (let entries = known.of(chain) ?? (await readOn(chain)); ; ) {
          const same = entries.find((each) => each.said.id === said.id)
          if (same) return { entry: same, isNew: false }
          if (mayFollow(entries)) {
            const place = placeOfEntry(chain, entries.length + 1)
            const document = entryDocument(entries.at(-1), said)
            const { value } = await store.putNew(place, document)
            if (value.created) {
              const entry = entryAfter(entries.at(-1), place, { ...document, createdAt: value.createdAt })
              known.keep(chain, [...entries, entry])
              return { entry, isNew: true }
            }
            entries = await readOn(chain, entries.length + 1) // somebody's, or our own of a try whose answer was lost
          } else {
            const seen = entries.length
            entries = await readOn(chain)
            if (entries.length === seen) return undefined
          }
        }
      }),
    names: async (prefix) => [...lengthsIn((await store.list('ledger', prefix)).value).keys()],
    all: async (prefix) =>
      eachOf([...lengthsIn((await store.list('ledger', prefix)).value)], async ([chain, length]) => {
        const before = known.of(chain) ?? []
        return { chain, entries: before.length >= length ? before : await readOn(chain) }
      })
  }
}

/** How many entries each chain has, by the names of all entries; in the order of the chains' names. */
function lengthsIn(names: readonly string[]): ReadonlyMap<string, number> {
  const chains = names.map(chainOfName).toSorted()
  return chains.reduce((lengths, chain) => lengths.set(chain, (lengths.get(chain) ?? 0) + 1), new Map<string, number>())
}

/** How many entries are asked for at the same time, at most. */
const longestWave = 32

/** All entries, those before taken as they are: asks for the next one, then for twice as many, until there are no more. */
async function entriesFrom(
  store: RecordStore,
  chain: string,
  before: readonly Entry[],
  upTo = Number.POSITIVE_INFINITY
): Promise<readonly Entry[]> {
  const entries = [...before]
  for (let wave = 1; entries.length < upTo; wave = Math.min(2 * wave, longestWave)) {
    const places = Array.from({ length: wave }, (_, index) => placeOfEntry(chain, entries.length + 1 + index))
    const found = await Promise.all(places.map(async (place) => ({ place, document: (await store.read(place)).value })))
    const free = found.findIndex(isAbsent)
    for (const { place, document } of free < 0 ? found : found.slice(0, free))
      if (document) entries.push(entryAfter(entries.at(-1), place, document))
    const rest = free < 0 ? [] : found.slice(free)
    const [first] = rest
    if (first && rest.every(isAbsent)) break
    // Somebody has written meanwhile, or the number is missing: another look tells.
    if (first && isAbsent({ document: (await store.read(first.place)).value })) throw missingEntry(first.place)
  }
  return entries
}

const isAbsent = ({ document }: { readonly document: StoredDocument | undefined }): boolean => document === undefined
