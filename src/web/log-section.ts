import { shortDigest } from '../domain/plan/plan-digest.ts'
import type { OnboardingDocument } from '../domain/views/documents.ts'
import { becameOf } from '../domain/views/shown-answer.ts'
import { html, type Html } from './html.ts'
import { moment } from './moment.ts'

interface Entry {
  readonly at: string
  readonly title: string
  readonly detail: string
  readonly requirements: readonly string[]
}

/** Everything that happened, the newest first: steps, and who answered what. */
export function logSection(view: OnboardingDocument): Html {
  return html`<section class="panel" id="log" aria-labelledby="log-title">
<h2 id="log-title">Event log</h2>
<table class="stack"><thead><tr><th scope="col">When (${view.zone})</th><th scope="col">What</th><th scope="col">Detail</th><th scope="col">Requirements</th></tr></thead>
<tbody>${entriesOf(view).map(
    ({ at, title, detail, requirements }) =>
      html`<tr><td>${moment(at, view.zone)}</td><th scope="row">${title}</th><td>${detail}</td><td>${requirements.join(' ')}</td></tr>`
  )}</tbody></table>
</section>`
}

/** Later entries of one moment come first as well. */
function entriesOf(view: OnboardingDocument): Entry[] {
  const started = {
    at: view.startedAt,
    title: 'Started',
    detail: `by ${view.startedBy}, plan ${shortDigest(view.planDigest)}`,
    requirements: []
  }
  const answers = view.answers.map((answer) => ({
    at: answer.at,
    title: answer.verdict === 'refused' || answer.verdict === 'late' ? 'Answer, not taken' : 'Answer',
    detail: `${answer.task} by ${answer.by}${answer.reason === undefined ? '' : `, “${answer.reason}”`}: ${becameOf(answer)}`,
    requirements: []
  }))
  const takeovers = view.takeovers.map(({ at, because, vaultName }) => ({
    at,
    title: 'Taken over',
    detail: `${vaultName === undefined ? '' : `${vaultName}: `}a new instance went on, because ${because}`,
    requirements: []
  }))
  return [started, ...answers, ...takeovers, ...view.steps]
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .toReversed()
}
