import type { OnboardingDocument } from '../domain/views/documents.ts'
import { byCause, hiddenText, oneCure, type OneCause } from '../domain/terms/by-cause.ts'
import { checkOf } from '../domain/checks/all-checks.ts'
import { lookAt } from '../domain/checks/look.ts'
import { taskName, type Task } from '../domain/tasks/task.ts'
import { coded } from './coded.ts'
import { html, type Html } from './html.ts'
import { moment } from './moment.ts'
import { taskFormOf, type PageReader } from './task-section.ts'

type Finding = OnboardingDocument['findings'][number]

/**
 * What did not hold, what that means, what to do about it, and the ways on: look again; where allowed, have it mended, or go
 * on with a reason.
 */
export function findingSection(view: OnboardingDocument, reading: PageReader): Html {
  return html`<section class="panel" id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings ${view.findings.length > 0 && html`<span class="pill finding">${view.findings.length}</span>`}</h2>
${view.findings.length === 0 && html`<p class="soft">Every check made so far holds.</p>`}
${byCause(view.findings).map((cause) => findingBlock(view, cause, reading))}
</section>`
}

function findingBlock(view: OnboardingDocument, cause: OneCause<Finding>, reading: PageReader): Html {
  const { finding } = cause
  const { code, requirement, resource, observed, expected, remedy, overridable, mend, since } = finding
  const [retry, mending, override] = waysOn.map((kind): Task | undefined => awaited(view, { kind, code }))
  return html`<div class="finding" id="block-${code}">
<h3>${resource} <span class="soft">${requirement} · <code>${code}</code></span></h3>
<dl class="facts"><dt>Observed</dt><dd>${observed}</dd><dt>Expected</dt><dd>${expected}</dd><dt>Since</dt><dd>${moment(since, view.zone)}</dd></dl>
${meaning(finding)}
<p><b>What to do:</b> ${remedy}</p>
${byHand(finding)}
${hidden(cause)}
${retry && taskFormOf(view, retry, reading)}
${mending && html`<p>${mend}</p>${taskFormOf(view, mending, reading, true)}`}
${overridable && override && overriding(view, override, reading)}
</div>`
}

/** One cure is enough for all of a cause; what each of them saw is there to be read. */
export function hidden(cause: OneCause<Found & Pick<Finding, 'observed'>>): Html {
  const text = hiddenText(cause)
  return html`${
    text !== undefined &&
    html`<details id="same-${cause.finding.code}"><summary id="same-${cause.finding.code}-summary">${text}</summary>
<p>${oneCure}</p>
<ul>${cause.others.map(({ code, resource, observed }) => html`<li><code>${code}</code> ${resource}: ${observed}</li>`)}</ul></details>`
  }`
}

const waysOn = ['retry', 'mend', 'override'] as const

/** The task, where it is asked for now. */
const awaited = ({ tasks }: OnboardingDocument, task: Task): Task | undefined =>
  tasks.some(({ name }) => name === taskName(task)) ? task : undefined

function overriding(view: OnboardingDocument, task: Task, reading: PageReader): Html {
  const name = taskName(task)
  return html`<details id="${name}-details"${reading.typed?.task === name && html` open`}>
<summary id="${name}-summary">Go on although it does not hold…</summary>${taskFormOf(view, task, reading, true)}</details>`
}

type Found = Pick<Finding, 'check' | 'code' | 'resource' | 'cause'>

export function meaning(finding: Found): Html {
  const check = checkOf(finding)
  return html`${check && html`<p>${coded(check.means)}</p>`}`
}

/** How to see it without the app, and what follows once it is cured. */
export function byHand(finding: Found): Html {
  const check = checkOf(finding)
  return html`${
    check &&
    html`<details id="look-${finding.code}"><summary id="look-${finding.code}-summary">Check it by hand, and what follows…</summary>
<p>What is left in capitals is yours to put in.</p><pre tabindex="0">${lookAt(check, finding.resource).join('\n')}</pre><p>${coded(check.afterwards)}</p></details>`
  }`
}
