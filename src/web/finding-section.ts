import type { OnboardingDocument } from '../domain/views/documents.ts'
import { html, type Html } from './html.ts'
import { moment } from './moment.ts'
import { taskFormOf, type Reading } from './task-section.ts'

type Finding = OnboardingDocument['findings'][number]

/** What did not hold, what to do about it, and the ways on: look again; where allowed, have it mended, or go on with a reason. */
export function findingSection(view: OnboardingDocument, reading: Reading): Html {
  return html`<section class="panel" id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings ${view.findings.length > 0 && html`<span class="pill finding">${view.findings.length}</span>`}</h2>
${view.findings.length === 0 && html`<p class="soft">Every check made so far holds.</p>`}
${view.findings.map((finding) => findingBlock(view, finding, reading))}
</section>`
}

function findingBlock(view: OnboardingDocument, finding: Finding, reading: Reading): Html {
  const { code, requirement, resource, observed, expected, remedy, overridable, mend, since } = finding
  const awaited = (name: string): boolean => view.tasks.some((task) => task.name === name)
  return html`<div class="finding" id="block-${code}">
<h3>${resource} <span class="soft">${requirement} · <code>${code}</code></span></h3>
<dl class="facts"><dt>Observed</dt><dd>${observed}</dd><dt>Expected</dt><dd>${expected}</dd><dt>Since</dt><dd>${moment(since, view.zone)}</dd></dl>
<p><b>What to do:</b> ${remedy}</p>
${awaited(`retry-${code}`) && taskFormOf(view, `retry-${code}`, reading)}
${awaited(`mend-${code}`) && html`<p>${mend}</p>${taskFormOf(view, `mend-${code}`, reading, true)}`}
${
  overridable &&
  awaited(`override-${code}`) &&
  html`<details id="override-${code}-details"${reading.typed?.task === `override-${code}` && html` open`}>
<summary id="override-${code}-summary">Go on although it does not hold…</summary>${taskFormOf(view, `override-${code}`, reading, true)}</details>`
}
</div>`
}
