import type { EvidencePage as Evidence, OnboardingDocument } from '../domain/views/documents.ts'
import { markOf } from '../domain/terms/choices.ts'
import { html, type Html } from './html.ts'
import { page, type Frame } from './layout.ts'
import { moment } from './moment.ts'
import { sections } from './onboarding-page.ts'

export interface EvidenceFilter {
  readonly requirement?: string
  readonly resource?: string
  readonly held?: string
}

export interface EvidencePageParts extends Frame {
  readonly view: OnboardingDocument
  readonly evidence: Evidence
  readonly filter: EvidenceFilter
}

/** What was observed for which requirement and resource, when and by which call. Filters are a plain form. */
export function evidencePage({ view, evidence, filter, ...frame }: EvidencePageParts): string {
  const rows = evidence.batches.flatMap(({ name, records }) =>
    records.map((record, index) => ({ ...record, id: `${name}#${String(index)}` }))
  )
  const shown = rows.filter((row) => matches(row, filter))
  return page({
    ...frame,
    banner: markOf(frame.banner, view.purpose),
    title: `Evidence of ${view.organization.domain}`,
    body: html`<h1>${view.organization.domain}: evidence</h1>${sections(view.id, 'evidence')}
<section class="panel" aria-labelledby="evidence-title"><div class="row"><h2 id="evidence-title">${shown.length} of ${rows.length} records${evidence.continuation !== undefined && ' of this part'}</h2></div>
${filterForm(filter)}
<table class="stack"><thead><tr><th scope="col">Requirement</th><th scope="col">Resource</th><th scope="col">Observed</th><th scope="col">When (${view.zone})</th><th scope="col">By which call</th></tr></thead>
<tbody>${shown.map(
      (
        row
      ) => html`<tr id="${row.id}"><th scope="row">${row.requirement} <span class="soft">${row.check}</span></th><td>${row.resource}</td>
<td>${!row.held && html`<span class="pill finding">did not hold</span> `}${row.observed}<br><span class="soft small">expected ${row.expected}</span></td>
<td>${moment(row.at, view.zone)}</td><td>${[row.call, ...(row.besides ?? [])].map(cited)}</td></tr>`
    )}</tbody></table>
${evidence.continuation !== undefined && html`<p><a href="?${query(filter)}continuation=${encodeURIComponent(evidence.continuation)}">More</a></p>`}
</section>`
  })
}

type CallRow = Evidence['batches'][number]['records'][number]['call']

const cited = ({ operation, identity, requestId }: CallRow): Html =>
  html`${operation}<br><span class="soft small">${identity} · <code>${requestId}</code></span><br>`

type EvidenceRow = Pick<Evidence['batches'][number]['records'][number], 'requirement' | 'resource' | 'held'>

const matches = (row: EvidenceRow, { requirement, resource, held }: EvidenceFilter): boolean =>
  (requirement === undefined || row.requirement.toLowerCase() === requirement.toLowerCase()) &&
  (resource === undefined || row.resource.toLowerCase().includes(resource.toLowerCase())) &&
  (held === undefined || String(row.held) === held)

const filterForm = ({ requirement = '', resource = '', held = '' }: EvidenceFilter): Html =>
  html`<form class="filters" method="get"><div class="field"><label for="requirement">Requirement</label><input id="requirement" name="requirement" value="${requirement}" placeholder="R40"></div>
<div class="field"><label for="resource">Resource contains</label><input id="resource" name="resource" value="${resource}"></div>
<div class="field"><label for="held">Result</label><select id="held" name="held">${[
    ['', 'all'],
    ['true', 'held'],
    ['false', 'did not hold']
  ].map(
    ([value, label]) => html`<option value="${value}"${value === held && html` selected`}>${label}</option>`
  )}</select></div>
<button id="go-filter">Filter</button></form>`

const query = (filter: EvidenceFilter): string =>
  Object.entries(filter)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}&`)
    .join('')
