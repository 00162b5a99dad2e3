import type { Said, SaidOptions } from '../../contracts/ledger.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import { entriesOfKind, type Entry } from '../../domain/ledger/entry.ts'
import { isClosed, judgementsIn, type Judgement } from '../../domain/ledger/judgements.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { reasonWhy, wordsOfAnswer } from '../../records/ledger/erasable.ts'
import { eachOf } from '../../at-a-time.ts'

/** What people said to these chains and what became of it, oldest first; without the words where those were erased. */
export async function saidIn(
  store: RecordStore,
  chains: readonly string[],
  { untaken = false, read = new Map() }: SaidOptions = {}
): Promise<readonly Said[]> {
  const answers = await eachOf(chains, async (chain) => {
    const entries = read.get(chain) ?? (await chainsIn(store).read(chain))
    const judgements = judgementsIn(entries)
    const isOpen = !isClosed(entries)
    return entriesOfKind(entries, 'answer').map((entry) => ({
      chain,
      entry,
      isOpen,
      judgement: judgements.get(entry.said.id)
    }))
  })
  const wanted = answers.flat().filter(({ judgement }) => !untaken || judgement?.verdict !== 'taken')
  const said = await eachOf(wanted, (each) => wholeOf(store, each))
  return said.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}

interface AnswerIn {
  readonly chain: string
  readonly entry: Entry<'answer'>
  /** The chain: what was said is erased only of one that is over. */
  readonly isOpen: boolean
  readonly judgement: Judgement | undefined
}

async function wholeOf(store: RecordStore, { chain, entry, isOpen, judgement }: AnswerIn): Promise<Said> {
  const { moment: at, said } = entry
  const words = (isOpen && known.get(entry)) || (await wordsOfAnswer.read(store, said.said))
  if (words) known.set(entry, words)
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

/** Read once, as long as a chain is known: each look at an onboarding asks for all that was said to it. */
const known = new WeakMap<Entry, NonNullable<Awaited<ReturnType<typeof wordsOfAnswer.read>>>>()

async function verdictOf(
  store: RecordStore,
  { verdict, at, why, byTheEnd }: Judgement
): Promise<NonNullable<Said['verdict']>> {
  const because = byTheEnd ? cameAfterTheEnd : why && (await reasonWhy.read(store, why))?.why
  return { verdict, at, ...(because !== undefined && { why: because }) }
}

const cameAfterTheEnd = 'Too late: all that was asked here was over.'
