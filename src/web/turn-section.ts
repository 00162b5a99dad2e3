import type { OnboardingDocument } from '../domain/views/documents.ts'
import { businessDaysBetween } from '../domain/calendar/business-calendar.ts'
import { calendarOf } from '../domain/calendar/sla.ts'
import { turnOf } from '../domain/views/turn.ts'
import { waitLines } from '../domain/views/wait-lines.ts'
import { daysBetween } from './calendar-days.ts'
import { html, type Html } from './html.ts'
import { moment } from './moment.ts'

/** Whose turn it is, until when, what next: what one look must tell. */
export function turnSection(view: OnboardingDocument): Html {
  const turn = turnOf(view)
  const newest = view.status === 'running' ? view.takeovers.at(-1) : undefined
  const kind = view.findings.length > 0 ? 'finding' : view.status === 'running' ? turn.who : view.status
  return html`<section class="panel turn ${kind}" id="turn" aria-labelledby="headline">
<p class="headline" id="headline">${turn.headline}</p>
<p>${turn.detail}</p>
${waits(view)}
${slaClock(view)}
<p class="soft">${turn.next}</p>
${newest && html`<p class="soft">Taken over ${moment(newest.at, view.zone)}, because ${newest.because}. Nothing that was said or done is lost.</p>`}
<p class="soft small">Last change ${moment(view.lastChangedAt, view.zone, true)}.</p>
</section>`
}

/** What of Azure is waited for, whosever turn it is. */
function waits(view: OnboardingDocument): Html | false {
  const lines = waitLines(view)
  return lines.length > 0 && html`<ul id="waits" class="small">${lines.map((line) => html`<li>${line}</li>`)}</ul>`
}

/** The business days of R25, day by day; days off are left out, since they do not count. */
function slaClock({ registration, zone, sla, step, lastChangedAt }: OnboardingDocument): Html | false {
  if (!registration || step !== 'waiting-on-microsoft') return false
  const calendar = calendarOf({ zone, ...sla })
  const from = registration.acknowledgedAt ?? registration.mailedAt
  const days = daysBetween(from, registration.dueAt, calendar)
    .filter((day) => day.business)
    .slice(1)
  const passed = businessDaysBetween(from, lastChangedAt, calendar)
  const what = registration.acknowledgedAt === undefined ? 'Mail sent' : 'Acknowledged'
  return html`<p>${what} ${moment(from, zone)}, due ${moment(registration.dueAt, zone, true)}:</p>
<ol class="sla" aria-label="Business days of the wait">${days.map(
    (day, index) =>
      html`<li data-day="${day.date}" class="${index < passed && 'past'}">Day ${index + 1} · ${day.label} ${day.month}</li>`
  )}</ol>`
}
