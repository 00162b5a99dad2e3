import { sha256 } from '../../sha256.ts'
import type { LedgerReach, Step } from '../step.ts'

/** A letter that did not arrive: the story tells of it, from the chain of its onboarding. */
export const noteFailedMail =
  ({ ledger }: LedgerReach): Step<'note-failed-mail'> =>
  async ({ onboarding, same, letter, why }, log) => {
    log.warn(`mail-failed onboarding=${onboarding} letter=${same[0] ?? ''}`)
    await ledger.failedMail(onboarding, { id: `failed-mail.${sha256(same.join('\n')).slice(0, 40)}`, letter, why })
    return null
  }
