import type { Heard } from '../contracts/ledger.ts'
import { noteDone } from './board.ts'
import type { Desk } from './run.ts'

/** Mails that did not arrive, as the ledger tells of them: each is a step that says so, once. */
export function noteFailedMails({ board, toldMails }: Desk, failed: Heard['failedMails']): void {
  for (const { id, letter, why } of failed.filter((each) => !toldMails.has(each.id))) {
    toldMails.add(id)
    noteDone(board, 'Mail', `${letter} did not arrive: ${why}`, [])
  }
}
