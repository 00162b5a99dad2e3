import type { Recalled } from '../../contracts/ledger.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import { checkNamed } from '../../domain/checks/all-checks.ts'
import { entriesOfKind } from '../../domain/ledger/entry.ts'
import { isClosed, judgementsIn } from '../../domain/ledger/judgements.ts'
import { toldIn } from '../../domain/ledger/told.ts'
import { readChapter } from '../../records/ledger/chapter.ts'
import { reasonWhy } from '../../records/ledger/erasable.ts'
import { eachOf } from '../../at-a-time.ts'
import { answersIn, heardIn, type WholeHeard } from './heard.ts'
import type { BothChains } from './own-chain.ts'

/** All that these chains say, as a new generation goes on from it. */
export async function recalledIn(store: RecordStore, both: BothChains): Promise<Recalled & WholeHeard> {
  const { own: entries } = both
  const heard = await heardIn(store, both, [])
  const judgements = judgementsIn(entries)
  const taken = entriesOfKind(entries, 'answer').filter(({ said }) => judgements.get(said.id)?.verdict === 'taken')
  const answers = await answersIn(store, taken)
  const told = toldIn({
    entries,
    chapters: await eachOf(entriesOfKind(entries, 'chapter'), ({ said }) =>
      readChapter(store, said.result, { erased: isClosed(entries) })
    ),
    amendments: heard.amendments,
    answers: await eachOf(
      answers.flatMap(({ entry, heard: said }) =>
        'unheard' in said ? [] : [{ said, of: judgements.get(entry.said.id)?.of }]
      ),
      async ({ said, of }) => ({ ...said, of: of && (await reasonWhy.read(store, of))?.why })
    ),
    standing: heard.standing,
    requirementOf: (code) => checkNamed(code)?.requirement
  })
  return { ...heard, ...told }
}
