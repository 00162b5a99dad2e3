import type { OnboardingDocument } from '../domain/views/documents.ts'
import { calendarOf } from '../domain/calendar/sla.ts'
import { addBusinessDays } from '../domain/calendar/business-calendar.ts'
import { chapterIndex } from '../domain/state/chapters.ts'
import { daysBetween, type Day } from './calendar-days.ts'
import { html, type Html } from './html.ts'
import { moment } from './moment.ts'
import { lanesOf, type Bar, type Lane, type Row, type RowState } from './timeline-rows.ts'

/** What a reader sees of all rows: the same days, and where the due day lies. */
interface Axis {
  readonly days: readonly Day[]
  readonly zone: string
  /** ISO 8601 UTC: the last look; the script moves the now-line on. */
  readonly now: string
  /** The wait that is still to come, dashed. */
  readonly expected: { readonly from: string; readonly to: string } | undefined
}

/** The onboarding from request to hand-off: a picture per row, and in words beside it. */
export function timeline(view: OnboardingDocument): Html {
  const axis = axisOf(view)
  return html`<section class="panel" id="timeline" aria-labelledby="timeline-title">
<h2 id="timeline-title">Timeline</h2>
<div class="wide" tabindex="0" role="region" aria-label="Timeline table"><table class="timeline">
<thead><tr><th class="corner" scope="col">Step</th><th scope="col">${dayList(axis)}</th><th class="state" scope="col">State</th></tr></thead>
${lanesOf(view).map((lane) => laneBody(lane, axis))}
</table></div>
<p class="soft small">Days are those of ${axis.zone}; struck out: weekends and holidays. The red line is now.</p>
</section>`
}

function axisOf(view: OnboardingDocument): Axis {
  const calendar = calendarOf({ zone: view.zone, ...view.sla })
  const waited = chapterIndex(view.step) > chapterIndex('waiting-on-microsoft')
  const due = view.registration?.dueAt ?? addBusinessDays(view.lastChangedAt, view.sla.businessDays, calendar)
  const end = view.status !== 'running' || waited || due < view.lastChangedAt ? view.lastChangedAt : due
  return {
    days: daysBetween(view.startedAt, end, calendar, 3),
    zone: view.zone,
    now: view.lastChangedAt,
    expected: view.status === 'running' && !waited ? { from: view.lastChangedAt, to: end } : undefined
  }
}

/** So many days still have room for their names. */
const roomForNames = 16

function dayList({ days }: Axis): Html {
  const many = days.length > roomForNames
  return html`<ol class="days${many && ' many'}">${days.map((day, index) => {
    const month = index === 0 || day.label.endsWith(' 1')
    const [weekday = '', date = ''] = day.label.split(' ')
    const name = many ? (month || index % 7 === 0 ? date : '') : html`<span class="weekday">${weekday} </span>${date}`
    return html`<li class="${!day.business && 'off'}${month && ' month'}" data-day="${day.date}">${name}${month && ` ${day.month}`}</li>`
  })}</ol>`
}

const laneBody = ({ title, rows }: Lane, axis: Axis): Html => html`<tbody>
${title !== undefined && html`<tr class="lane"><th colspan="3" scope="rowgroup">${title}</th></tr>`}
${rows.map(
  (
    row
  ) => html`<tr><th scope="row">${row.label}${row.vaultName !== undefined && html`<span class="vault">${row.vaultName}</span>`}</th><td>${picture(row, axis)}</td>
<td class="state"><span class="pill ${row.state}">${words[row.state]}</span> ${lastOf(row, axis)}</td></tr>`
)}
</tbody>`

const words: Readonly<Record<RowState, string>> = {
  planned: 'to come',
  working: 'working',
  waiting: 'waiting',
  finding: 'stopped',
  done: 'done'
}

function lastOf({ bars, state }: Row, { zone }: Axis): Html | false {
  const last = bars.at(-1)
  return (
    last !== undefined &&
    html`<span class="small soft">${state === 'done' ? '' : 'since '}${moment(
      state === 'done' ? last.to : last.from,
      zone
    )}</span>`
  )
}

/** Drawn on a scale of a thousand, whatever the width; the words beside it say the same. */
function picture({ bars, label }: Row, axis: Axis): Html {
  const { days, now, expected } = axis
  const [start, end] = [days[0]?.from ?? 0, days.at(-1)?.to ?? 1]
  const x = (time: number): number => Math.round((10_000 * (time - start)) / (end - start)) / 10
  const rect = (name: string, from: number, to: number, least = 0): Html =>
    html`<rect class="${name}" x="${x(from)}" y="${name === 'f-off' ? 0 : 5}" width="${Math.max(x(to) - x(from), least)}" height="${name === 'f-off' ? 26 : 16}" rx="2"/>`
  const waits = expected !== undefined && label === 'Microsoft'
  return html`<svg viewBox="0 0 1000 26" preserveAspectRatio="none" aria-hidden="true" focusable="false" data-from="${start}" data-to="${end}">
${days.filter((day) => !day.business).map((day) => rect('f-off', day.from, day.to))}
${waits && rect('f-todo', Date.parse(expected.from), Date.parse(expected.to))}
${bars.map((bar: Bar) => rect(`f-${bar.state}`, Date.parse(bar.from), Date.parse(bar.to), 7))}
<rect class="f-now" x="${Math.min(996, x(Date.parse(now)))}" y="0" width="4" height="26"/></svg>`
}
