import type { Said } from '../../contracts/ledger.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import { entriesOfKind, type Entry } from '../../domain/ledger/entry.ts'
import { judgementsIn, type Judgement } from '../../domain/ledger/judgements.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { reasonWhy, wordsOfAnswer } from '../../records/ledger/erasable.ts'
import { eachOf } from '../at-a-time.ts'

/** What people said to these chains and what became of it, oldest first; without the words where those were erased. */
export async function saidIn(store: RecordStore, chains: readonly string[]): Promise<readonly Said[]> {
  const answers = await eachOf(chains, async (chain) => {
    const entries = await chainsIn(store).read(chain)
    const judgements = judgementsIn(entries)
    return entriesOfKind(entries, 'answer').map((entry) => ({ chain, entry, judgement: judgements.get(entry.said.id) }))
  })
  const said = await eachOf(answers.flat(), (each) => wholeOf(store, each))
  return said.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}

interface AnswerIn {
  readonly chain: string
  readonly entry: Entry<'answer'>
  readonly judgement: Judgement | undefined
}

async function wholeOf(store: RecordStore, { chain, entry, judgement }: AnswerIn): Promise<Said> {
  const { moment: at, said } = entry
  const words = await wordsOfAnswer.read(store, said.said)
  return {
    id: said.id,
    chain,
    task: said.task,
    person: said.by,
    at,
    ...(words && { by: words.by, answer: words.answer }),
    ...(judgement && { verdict: await verdictOf(store, judgement) })
  }
}

async function verdictOf(
  store: RecordStore,
  { verdict, at, why, byTheEnd }: Judgement
): Promise<NonNullable<Said['verdict']>> {
  const because = byTheEnd ? cameAfterTheEnd : why && (await reasonWhy.read(store, why))?.why
  return { verdict, at, ...(because !== undefined && { why: because }) }
}

const cameAfterTheEnd = 'Too late: all that was asked here was over.'
