import { formatMoment } from '../src/domain/business-calendar.ts'

/** A moment in the onboarding's zone, named, and in the reader's own where that differs. */
export function moment(iso: string, zone: string, own: string): string {
  const there = formatMoment(iso, zone)
  const here = formatMoment(iso, own)
  return here === there ? `${there} (${zone})` : `${there} (${zone}) = ${here} (${own})`
}

/** `3 d 4 h`, `4 h 12 min`, `35 s`. */
export function elapsed(from: string, to: Date): string {
  const seconds = Math.max(0, Math.round((to.getTime() - Date.parse(from)) / 1000))
  const parts = [[Math.floor(seconds / 86_400), 'd'], [Math.floor(seconds / 3600) % 24, 'h'], [Math.floor(seconds / 60) % 60, 'min']] as const
  const shown = parts.filter(([count]) => count > 0).slice(0, 2).map(([count, unit]) => `${String(count)} ${unit}`)
  return shown.length > 0 ? shown.join(' ') : `${String(seconds)} s`
}
