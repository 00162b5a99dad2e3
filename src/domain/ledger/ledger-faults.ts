import { parsedJson } from '../terms/parsed-json.ts'
import { isLinkTo } from './link.ts'
import type { Sha256 } from '../terms/digest.ts'
import { bothSlots, slotIdentity } from '../terms/by-slot.ts'
import { digestBefore } from '../terms/erased-mark.ts'
import { entriesOfKind, storedEntry, type Entry } from './entry.ts'

/** An entry as it lies in the store: its bytes as text, and when the store took it. */
export interface LyingEntry {
  readonly n: number
  readonly moment: string
  readonly text: string
}

export interface LyingChain {
  readonly chain: string
  readonly entries: readonly LyingEntry[]
}

/** The end of a chapter, as a slot's own store has kept it. */
export interface LyingHead {
  readonly store: string
  readonly chain: string
  readonly step: string
  readonly n: number
  readonly sha256: string
  readonly moment: string
  /** Digest of the hand-off, where that chapter wrote it. */
  readonly handOff?: string | undefined
}

/** A ledger as it was handed out. */
export interface LyingLedger {
  readonly chains: readonly LyingChain[]
  readonly heads: readonly LyingHead[]
  /** The result that the end of the onboarding points to; absent before it, or where it was erased. */
  readonly result?: string | undefined
}

/**
 * What does not hold of a ledger (LEDGER rule 7), a sentence each: entries that do not follow one another, heads of branches that
 * are not in them, ends of chapters that a slot has kept otherwise, a hand-off that is not the one that the end names.
 */
export function ledgerFaults(
  { chains, heads, result }: LyingLedger,
  handOff: { readonly sha256: string } | undefined,
  sha256: Sha256
): string[] {
  const read = chains.map((lying) => readChain(lying, sha256))
  const whole = read.find(({ chain }) => chain.startsWith('onboarding.'))
  if (whole === undefined) return ['the chain of the onboarding is missing']
  return [
    ...twice(read.map(({ chain }) => chain)).map((chain) => `${chain}: the chain is there twice`),
    ...twice(heads.map(({ store, step }) => `${store} has kept the end of ${step} twice`)),
    ...read.flatMap(({ faults }) => faults),
    ...faultsOfBranches(whole, read),
    ...faultsOfHeads(whole, heads, handOff),
    ...faultsOfEnd(whole, { result, handOff, sha256 })
  ]
}

const twice = (all: readonly string[]): string[] => [...new Set(all.filter((each, index) => all.indexOf(each) < index))]

interface ReadChain {
  readonly chain: string
  readonly entries: readonly Entry[]
  readonly faults: readonly string[]
}

/** Follows a chain from its first entry on, each by the digest and the moment of the one before it. */
function readChain({ chain, entries: lying }: LyingChain, sha256: Sha256): ReadChain {
  const entries: Entry[] = []
  const faults: string[] = []
  lying.forEach(({ n, moment, text }, index) => {
    const before = entries.at(-1)
    const { data } = storedEntry.safeParse(parsedJson(text))
    if (n !== index + 1) faults.push(`${chain}: entry ${String(index + 1)} is missing`)
    if (data === undefined) faults.push(`${chain}: entry ${String(n)} cannot be read`)
    else {
      const { previous, said } = data
      if (!isLinkTo(previous, before)) faults.push(`${chain}: entry ${String(n)} does not follow the one before it`)
      entries.push({ n, moment, sha256: sha256(text), said })
    }
  })
  return { chain, entries, faults }
}

/** Each chapter's end names the newest entry that the chain of each branch had then. */
const faultsOfBranches = ({ entries }: ReadChain, chains: readonly ReadChain[]): string[] =>
  entriesOfKind(entries, 'chapter').flatMap(({ said }) =>
    Object.entries(said.heads)
      .filter(([name, digest]) => !chains.some((each) => each.chain === name && has(each, digest)))
      .map(([name]) => `${name}: the entry that the end of ${said.step} names is not there`)
  )

const has = ({ entries }: ReadChain, digest: string): boolean => entries.some((each) => each.sha256 === digest)

/** Both slots have kept each end of a chapter, and no other. */
function faultsOfHeads({ chain, entries }: ReadChain, heads: readonly LyingHead[], handOff: End['handOff']): string[] {
  const ends = entriesOfKind(entries, 'chapter')
  const missing = ends.flatMap(({ said }) =>
    bothSlots
      .map(slotIdentity)
      .filter((store) => !heads.some((head) => head.store === store && head.step === said.step))
      .map((store) => `${store} has not kept the end of ${said.step}`)
  )
  const others = heads.filter(
    (head) => head.chain !== chain || !ends.some((end) => end.said.step === head.step && isLinkTo(head, end))
  )
  return [
    ...missing,
    ...others.map(({ store, step }) => `${store} has kept another end of ${step} than the ledger has`),
    ...heads
      .filter((head) => handOff && head.step === 'hand-off' && head.handOff !== handOff.sha256)
      .map(({ store }) => `${store} has kept the digest of another hand-off`)
  ]
}

interface End {
  readonly result: string | undefined
  readonly handOff: { readonly sha256: string } | undefined
  readonly sha256: Sha256
}

/** The end points to its result by digest, and that names the hand-off by its own. */
function faultsOfEnd({ entries }: ReadChain, { result, handOff, sha256 }: End): string[] {
  const closed = entriesOfKind(entries, 'closed')[0]?.said
  const isWritten = closed?.outcome === 'completed'
  if (isWritten !== (handOff !== undefined))
    return [isWritten ? 'the hand-off that the ledger ends with is missing' : 'the ledger ends before the hand-off']
  const end = closed?.result
  if (end === undefined || result === undefined) return []
  if (digestBefore(result, sha256) !== end.sha256)
    return ['the result of the onboarding is not the one that its end names']
  return handOff === undefined || result.includes(`"${handOff.sha256}"`)
    ? []
    : ['the hand-off is not the one that the end of the onboarding names']
}
