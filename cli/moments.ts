import { formatMoment } from '../src/domain/calendar/business-calendar.ts'
import { durationOf } from '../src/domain/terms/words.ts'

/** A moment in the onboarding's zone, named, and in the reader's own where that differs. */
export function moment(iso: string, zone: string, own: string): string {
  const there = formatMoment(iso, zone)
  const here = formatMoment(iso, own)
  return here === there ? `${there} (${zone})` : `${there} (${zone}) = ${here} (${own})`
}

/** How long ago, e.g. `4 h 12 min`. */
export const elapsed = (from: string, to: Date): string => durationOf((to.getTime() - Date.parse(from)) / 1000)
