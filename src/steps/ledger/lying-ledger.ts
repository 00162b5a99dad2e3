import type { RecordStore, Stores } from '../../contracts/record-store.ts'
import { branchChains, onboardingChain } from '../../domain/ledger/chains.ts'
import { storedEntry } from '../../domain/ledger/entry.ts'
import { parsedJson } from '../../domain/terms/parsed-json.ts'
import { bothSlots, slotIdentity } from '../../domain/terms/by-slot.ts'
import type { LedgerPage } from '../../domain/views/ledger-page.ts'
import { textOfBytes } from '../../records/json-document.ts'
import { keptHeads } from '../../records/ledger/kept-head.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { eachOf } from '../../at-a-time.ts'

type LyingChain = LedgerPage['chains'][number]

/** Chains of one page: each is a read for every entry. */
const pageSize = 10

/**
 * The ledger of an onboarding as it lies there, nothing of it believed: whoever gets it follows it (`ledgerFaults`). The first
 * page has the onboarding's own chain, what the slots have kept of it, and the result that its end points to.
 */
export async function readLedger(stores: Stores, onboarding: string, after = ''): Promise<LedgerPage> {
  const store = stores.store('app')
  const own = onboardingChain(onboarding)
  const first = after === '' ? [await chainAt(store, own)] : []
  const names = (await chainsIn(store).names(branchChains(onboarding))).filter((name) => name > after)
  const page = names.slice(0, pageSize)
  const branches = await eachOf(page, (name) => chainAt(store, name))
  const last = page.at(-1)
  return {
    chains: [...first, ...branches],
    heads: first.length === 0 ? [] : await headsIn(stores, onboarding),
    ...(await resultIn(store, first)),
    ...(names.length > pageSize && last !== undefined && { continuation: last })
  }
}

async function chainAt(store: RecordStore, chain: string): Promise<LyingChain> {
  const { value: names } = await store.list('ledger', `${chain}/`)
  const entries = await eachOf(names, async (name) => {
    const { value } = await store.read({ container: 'ledger', name })
    const n = Number(name.slice(chain.length + 1))
    return { n, moment: value?.createdAt ?? '', text: value ? textOfBytes(value.bytes) : '' }
  })
  return { chain, entries }
}

async function headsIn(stores: Stores, onboarding: string): Promise<LedgerPage['heads']> {
  const heads = await eachOf(bothSlots.map(slotIdentity), async (store) =>
    (await keptHeads(stores.store(store), onboarding)).map((head) => ({ store, ...head }))
  )
  return heads.flat()
}

async function resultIn(store: RecordStore, [own]: readonly LyingChain[]): Promise<{ result?: string }> {
  const closing = own?.entries.map(({ text }) => closedIn(text)).find((each) => each !== undefined)
  if (closing === undefined) return {}
  const { value } = await store.read({ container: 'records', name: closing })
  return value ? { result: textOfBytes(value.bytes) } : {}
}

/** The name of the result that an entry points to, where it is the end. */
function closedIn(text: string): string | undefined {
  if (!text.includes('"closed"')) return undefined
  const { data } = storedEntry.safeParse(parsedJson(text))
  return data?.said.kind === 'closed' ? data.said.result?.name : undefined
}
