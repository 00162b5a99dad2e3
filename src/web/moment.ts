import { formatMoment } from '../domain/calendar/business-calendar.ts'
import { html, type Html } from './html.ts'

/** A moment in the onboarding's zone; the script adds the reader's own. `zoneName` for the first of many. */
export const moment = (iso: string, zone: string, withZone = false): Html =>
  html`<time datetime="${iso}" data-zone="${zone}">${formatMoment(iso, zone)}${withZone && ` (${zone})`}</time>`
