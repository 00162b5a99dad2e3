import { addBusinessDays, type Calendar } from './business-calendar.ts'
import { holidays } from './holidays.ts'

/** The service level of R25, as the deployment sets it. Plain JSON: it travels in an orchestrator's input. */
export interface SlaRules {
  /** IANA zone in which business days are counted, Redmond's by default. */
  readonly zone: string
  /** Days off beside the public holidays, `yyyy-mm-dd`. */
  readonly extraHolidays: readonly string[]
  readonly businessDays: number
}

/** ISO 8601 UTC moments. */
export interface SlaMoments {
  /** One business day before the due moment. */
  readonly reminder: string
  readonly due: string
}

export type SlaDuty = 'reminder' | 'escalation'

export const calendarOf = (rules: SlaRules): Calendar => ({
  zone: rules.zone,
  holidays: new Set([...holidays, ...rules.extraHolidays])
})

/** When operators are reminded and when the SLA is breached, for a clock that starts at `from`. */
export function slaMoments(from: string, rules: SlaRules): SlaMoments {
  const calendar = calendarOf(rules)
  return {
    reminder: addBusinessDays(from, Math.max(rules.businessDays - 1, 0), calendar),
    due: addBusinessDays(from, rules.businessDays, calendar)
  }
}

/** What is owed to the operators now; each duty once per due moment. */
export function slaDuty(now: string, moments: SlaMoments, done: readonly SlaDuty[]): SlaDuty | undefined {
  if (now >= moments.due) return done.includes('escalation') ? undefined : 'escalation'
  if (now >= moments.reminder) return done.includes('reminder') ? undefined : 'reminder'
  return undefined
}

/** The next moment at which something will be owed. */
export function nextSlaMoment(now: string, moments: SlaMoments): string | undefined {
  return [moments.reminder, moments.due].find((moment) => moment > now)
}
