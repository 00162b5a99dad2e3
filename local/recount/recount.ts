import { Answers, unfounded } from './cited.ts'
import { allDelivered, allRecords, type Delivered } from './delivered.ts'
import { rowsOf, type Row } from './rows.ts'
import type { RowFile } from './shapes.ts'
import type { Source } from './source.ts'

/**
 * Counts all 47 rows of each hand-off anew, by rules of its own, from the records of evidence, the ledger and the journal of the
 * simulated Azure: a sentence for each row that the hand-off has otherwise. Nothing of the app's code is asked.
 */
export async function untrueRows(source: Source): Promise<string[]> {
  const all = await allDelivered(source)
  return all.flatMap((each) => untrueIn(each).map((said) => `${each.id}: ${said}`))
}

/** Each record of evidence in any store that does not rest on what Azure answered, whatever became of its onboarding. */
export async function unfoundedRecords(source: Source): Promise<string[]> {
  const answers = new Answers(source.journal)
  const all = await allRecords(source)
  return all.flatMap((each) =>
    unfounded(each, answers).map((why) => `${each.check} of ${each.resource} (${each.id}): ${why}`)
  )
}

export function untrueIn(delivered: Delivered): string[] {
  const rows = new Map(delivered.handOff.requirements.map((row) => [row.id, row]))
  return [
    ...delivered.amiss,
    ...rowsOf(delivered).flatMap((counted) => {
      const said = rows.get(counted.id)
      return said ? differences(counted, said).map((each) => `${counted.id}: ${each}`) : [`${counted.id} is missing`]
    }),
    ...(rows.size === 47 ? [] : [`there are ${rows.size} rows, not 47`])
  ]
}

function differences(counted: Row, said: RowFile): string[] {
  const because = counted.missing[0] === undefined ? '' : ` (${counted.missing[0]})`
  if (counted.status !== said.status) return [`said “${said.status}”, counted “${counted.status}”${because}`]
  return [
    ...other('count', `${said.count.seen} of ${said.count.of}`, `${counted.count.seen} of ${counted.count.of}`),
    ...other('seen', said.between?.join(' to '), counted.between?.join(' to ')),
    ...other('words', list(said.words.map(({ task, by, at }) => `${task} by ${by} at ${at}`)), list(counted.words)),
    ...other('evidence', list(said.evidence), list(counted.evidence)),
    ...other('unread', list(said.unread ?? []), list(counted.unread))
  ]
}

const other = (what: string, said: string | undefined, counted: string | undefined): string[] =>
  said === counted ? [] : [`${what}: said ${said ?? 'nothing'}, counted ${counted ?? 'nothing'}`]

const list = (texts: readonly string[]): string => [...texts].toSorted().join(', ')
