import { slaMoments, type SlaRules } from './sla.ts'
import { countOf } from '../terms/words.ts'

export interface ExpectedDate {
  readonly title: string
  /** ISO 8601 UTC */
  readonly at: string
}

/** When what is expected, if people answer on the day they are asked and Microsoft takes all of its business days (R25). */
export function expectedDates(from: string, rules: SlaRules): ExpectedDate[] {
  const { reminder, due } = slaMoments(from, rules)
  return [
    { title: 'Preflight, offers, approvals, registration and the mails', at: from },
    { title: 'Reminder, if Microsoft has not answered', at: reminder },
    { title: `Microsoft’s answer at the latest (${countOf(rules.businessDays, 'business day')})`, at: due },
    { title: 'Vaults, keys, backups, offline copies and the hand-off', at: due }
  ]
}
