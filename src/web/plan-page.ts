import type { OnboardingDocument, PlanAnswer } from '../domain/views/documents.ts'
import { markOf } from '../domain/terms/choices.ts'
import type { MailPreview } from '../domain/mails/mail-preview.ts'
import { byHand, hidden, meaning } from './finding-section.ts'
import { html, type Html } from './html.ts'
import { byCause, type OneCause } from '../domain/terms/by-cause.ts'
import { page, type Frame } from './layout.ts'
import { sections } from './onboarding-page.ts'
import { expectations, mailPreviews, planTables, warnings } from './plan-parts.ts'

export interface PlanPage extends Frame {
  readonly answer: PlanAnswer
  readonly mails: readonly MailPreview[]
  /** The request as it was sent, to start from. */
  readonly request: string
}

/** The plan of a request that nobody has started: read it, then start it. */
export function planPage({ answer, mails, request, ...frame }: PlanPage): string {
  const { plan, findings, digest } = answer
  return page({
    ...frame,
    banner: markOf(frame.banner, plan.purpose),
    title: `Plan for ${plan.organization.domain}`,
    body: html`<h1>Plan for ${plan.organization.domain}</h1>
<p class="soft">Nothing has been changed. ${digest === undefined ? 'There is no digest until the directory has everybody' : html`Digest <code>${digest}</code>`}</p>
${findingList(findings)}
${warningList(answer.warnings)}
${warnings(plan)}
${planTables(plan)}
${expectations(answer)}
${mailPreviews(mails)}
${digest === undefined ? changeIt : startForm(digest, request)}`
  })
}

/** Nobody can approve it, so nobody can start it. */
const changeIt = html`<p><a href="/api/ui/new">Change the request</a></p>`

const startForm = (digest: string, request: string): Html =>
  html`<section class="panel" aria-labelledby="start-title"><h2 id="start-title">Start it</h2>
<p>Starting looks at everything again and then asks people. The registration that cannot be undone comes after two people approved this plan.</p>
<form method="post" action="/api/ui/start" id="form-start"><input type="hidden" name="planDigest" value="${digest}">
<textarea name="request" hidden readonly>${request}</textarea>
<div class="field check"><input type="checkbox" id="start-read" name="read" value="yes" required><label for="start-read">I have read this plan</label></div>
<button id="go-start">Start the onboarding</button> <a href="/api/ui/new">Change the request</a></form></section>`

const findingList = (findings: PlanAnswer['findings']): Html =>
  findings.length === 0
    ? html`<section class="panel turn completed"><p class="headline">Preflight finds nothing amiss today</p></section>`
    : html`<section class="panel turn finding" aria-labelledby="found-title"><h2 id="found-title">Preflight finds ${findings.length} to mend first</h2>
${byCause(findings).map((cause) => oneFinding(cause))}</section>`

function oneFinding(cause: OneCause<PlanAnswer['findings'][number]>): Html {
  const { finding } = cause
  return html`<div class="finding"><h3>${finding.resource} <span class="soft">${finding.requirement} · <code>${finding.code}</code></span></h3>
<p>Observed ${finding.observed}; expected ${finding.expected}.</p>${meaning(finding)}<p><b>What to do:</b> ${finding.remedy}</p>
${byHand(finding)}${hidden(cause)}</div>`
}

const warningList = (all: PlanAnswer['warnings']): Html =>
  html`${
    all.length > 0 &&
    html`<section class="panel" aria-labelledby="warned-title"><h2 id="warned-title">Know before you start</h2>
<ul>${all.map((each) => html`<li>${each}</li>`)}</ul></section>`
  }`

export interface RunningPlanPage extends Frame {
  readonly view: OnboardingDocument
  readonly plan: PlanAnswer['plan']
  readonly mails: readonly MailPreview[]
}

/** The plan of an onboarding that runs: what approvers read. */
export const runningPlanPage = ({ view, plan, mails, ...frame }: RunningPlanPage): string =>
  page({
    ...frame,
    banner: markOf(frame.banner, plan.purpose),
    title: `Plan of ${view.organization.domain}`,
    body: html`<h1>${view.organization.domain}: plan</h1><p class="soft">Digest <code>${plan.digest}</code></p>${sections(view.id, 'plan')}
${warnings(plan)}${planTables(plan)}${mailPreviews(mails)}
<p><a href="/api/ui/onboardings/${view.id}#tasks">Back to the tasks</a></p>`
  })
