import { addBusinessDays, businessDaysBetween, type Calendar } from './business-calendar.ts'
import { countInWords } from '../terms/words.ts'
import { holidays } from './holidays.ts'

/** The service level of R25, as the deployment sets it. Plain JSON: it travels in an orchestrator's input. */
export interface SlaRules {
  /** IANA zone in which business days are counted, Redmond's by default. */
  readonly zone: string
  /** Days off beside the public holidays, `yyyy-mm-dd`. */
  readonly extraHolidays: readonly string[]
  /** Public holidays on which Microsoft works all the same, `yyyy-mm-dd`. */
  readonly removedHolidays?: readonly string[]
  readonly businessDays: number
}

/** ISO 8601 UTC moments. */
export interface SlaMoments {
  /** One business day before the due moment. */
  readonly reminder: string
  readonly due: string
}

/** What is owed now. Escalations are numbered from 1, the first at the due moment. */
export type SlaDuty = { readonly kind: 'reminder' } | { readonly kind: 'escalation'; readonly number: number }

/** What was done since the clock started. */
export interface SlaDone {
  readonly reminded: boolean
  /** Number of the last escalation; 0 before the first. */
  readonly escalations: number
}

export const nothingDone: SlaDone = { reminded: false, escalations: 0 }

/** How long Microsoft has, for texts: `five business days`, `one business day`. The one place that says the number in words. */
export const slaInWords = ({ businessDays }: Pick<SlaRules, 'businessDays'>): string =>
  countInWords(businessDays, 'business day')

/** The same calendar for the same rules. */
export function calendarOf(rules: SlaRules): Calendar {
  const { zone, extraHolidays, removedHolidays = [] } = rules
  const days = () => [...holidays, ...extraHolidays].filter((day) => !removedHolidays.includes(day))
  const calendar = calendars.get(rules) ?? { zone, holidays: new Set(days()) }
  calendars.set(rules, calendar)
  return calendar
}

const calendars = new WeakMap<SlaRules, Calendar>()

/** When operators are reminded and when the SLA is breached, for a clock that starts at `from`. */
export function slaMoments(from: string, rules: SlaRules): SlaMoments {
  const calendar = calendarOf(rules)
  return {
    reminder: addBusinessDays(from, Math.max(rules.businessDays - 1, 0), calendar),
    due: addBusinessDays(from, rules.businessDays, calendar)
  }
}

/** What is owed to operators and Microsoft now. Of escalations that a sleep has missed only the last is made good. */
export function slaDuty(now: string, moments: SlaMoments, done: SlaDone, rules: SlaRules): SlaDuty | undefined {
  const number = Math.max(escalationsBy(now, moments, rules), done.escalations)
  if (number > done.escalations) return { kind: 'escalation', number }
  return now >= moments.reminder && now < moments.due && !done.reminded ? { kind: 'reminder' } : undefined
}

/** The next moment at which something will be owed: there is always one, until the registration ends the wait. */
export function nextSlaMoment(now: string, moments: SlaMoments, done: SlaDone, rules: SlaRules): string {
  return now < moments.reminder ? moments.reminder : escalationMoment(done.escalations + 1, moments, rules)
}

export const afterDuty = (done: SlaDone, duty: SlaDuty): SlaDone =>
  duty.kind === 'reminder' ? { ...done, reminded: true } : { ...done, escalations: duty.number }

/** At the due moment, then every second business day three times, then every week, Monday to Friday. */
function escalationMoment(number: number, { due }: SlaMoments, rules: SlaRules): string {
  const second = Math.min(number - 1, 3)
  const weeks = Math.max(number - 4, 0)
  return addBusinessDays(due, 2 * second + 5 * weeks, calendarOf(rules))
}

/** How many there should have been by now: by the days that have passed, of which the last may not be over. */
export function escalationsBy(now: string, moments: SlaMoments, rules: SlaRules): number {
  const passed = businessDaysBetween(moments.due, now, calendarOf(rules))
  const number = passed < 6 ? Math.floor(passed / 2) + 1 : Math.floor((passed - 6) / 5) + 4
  return now >= escalationMoment(number, moments, rules) ? number : number - 1
}
