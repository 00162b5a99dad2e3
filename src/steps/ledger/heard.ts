import type { Heard, Verdict } from '../../contracts/ledger.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import type { Amendment } from '../../domain/ledger/amendment.ts'
import { entriesOfKind, type Entry } from '../../domain/ledger/entry.ts'
import { heardAnswer, type Pending, type UnheardAnswer } from '../../domain/ledger/heard-answer.ts'
import { isClosed, pendingIn } from '../../domain/ledger/judgements.ts'
import { standingIn } from '../../domain/ledger/standing.ts'
import { UnreadableRecord } from '../../contracts/unreadable-record.ts'
import { changeOfPeople, reasonWhy, wordsOfAnswer } from '../../records/ledger/erasable.ts'
import { eachOf } from '../../at-a-time.ts'
import type { BothChains } from './own-chain.ts'

export interface WholeHeard extends Heard {
  /** For answers that this release cannot hear. */
  readonly unheard: readonly Verdict[]
}

/** What there is to hear in these chains; `told`: failed mails that the story knows. */
export async function heardIn(
  store: RecordStore,
  { own, whole }: BothChains,
  told: readonly string[]
): Promise<WholeHeard> {
  const pending = await answersIn(store, pendingIn(own))
  const standing = standingIn(whole)
  return {
    ...(standing && { standing }),
    answers: pending.flatMap(({ heard }) => ('unheard' in heard ? [] : [heard])),
    amendments: await amendmentsIn(store, whole),
    failedMails: await failedMailsIn(store, own, told),
    unheard: pending.flatMap(({ entry, heard }) =>
      'unheard' in heard ? [{ answer: entry.said.id, verdict: 'refused' as const, why: heard.unheard }] : []
    )
  }
}

interface ReadAnswer {
  readonly entry: Entry<'answer'>
  readonly heard: Pending | UnheardAnswer
}

export const answersIn = (store: RecordStore, entries: readonly Entry<'answer'>[]): Promise<ReadAnswer[]> =>
  eachOf(entries, async (entry) => ({
    entry,
    heard: heardAnswer(entry, await wordsOfAnswer.read(store, entry.said.said))
  }))

/** For readers, once an onboarding is over: what was erased of it since is left out. */
export const amendmentsIn = async (store: RecordStore, whole: readonly Entry[]): Promise<Amendment[]> =>
  isClosed(whole) ? (await readAmendments(store, whole)).flatMap((each) => each ?? []) : everyAmendment(store, whole)

/** Who acts must be known for certain: nothing of it is left out. */
export async function everyAmendment(store: RecordStore, whole: readonly Entry[]): Promise<Amendment[]> {
  const entries = entriesOfKind(whole, 'amendment')
  return (await readAmendments(store, whole)).map((each, index) => {
    if (each) return each
    throw new UnreadableRecord('change of people', entries[index]?.said.change.name ?? '', 'it is missing')
  })
}

const readAmendments = (store: RecordStore, whole: readonly Entry[]): Promise<(Amendment | undefined)[]> =>
  eachOf(
    entriesOfKind(whole, 'amendment'),
    async ({ said }) => (await changeOfPeople.read(store, said.change))?.amendment
  )

const failedMailsIn = (store: RecordStore, own: readonly Entry[], told: readonly string[]) =>
  eachOf(
    entriesOfKind(own, 'failed-mail').filter(({ said }) => !told.includes(said.id)),
    async ({ said: { id, letter, why } }) => ({ id, letter, why: (await reasonWhy.read(store, why))?.why ?? '' })
  )
