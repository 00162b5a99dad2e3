import type { Heard } from '../contracts/ledger.ts'
import { noteDone } from './board.ts'
import type { Desk } from './run.ts'

/** Mails to operators go beside the work; one that did not arrive is a step that says so. */
export function noteFailedMails({ board, toldMails }: Desk, failed: Heard['failedMails']): void {
  for (const { id, letter, why } of failed) {
    if (toldMails.has(id)) continue
    toldMails.add(id)
    noteDone(board, 'Mail', `${letter} could not be delivered: ${why}`, [])
  }
}
