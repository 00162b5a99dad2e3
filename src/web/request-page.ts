import type { Fault } from '../domain/terms/fault.ts'
import { html } from './html.ts'
import { page, type Frame } from './layout.ts'

export interface RequestPage extends Frame {
  /** JSON text. */
  readonly request: string
  readonly faults: readonly Fault[]
}

/** Where a request is written, or pasted, and sent to be planned. */
export const requestPage = ({ request, faults, ...frame }: RequestPage): string =>
  page({
    ...frame,
    title: faults.length > 0 ? 'The request has faults' : 'Plan a new onboarding',
    body: html`<h1>Plan a new onboarding</h1>
<p>Paste the request. Planning changes nothing: you see what will be created, what cannot be undone, and what preflight finds today.</p>
${
  faults.length > 0 &&
  html`<div class="faults" role="alert"><p><b>Nothing was planned.</b> Mend every fault and send it again:</p>
<ul class="plain">${faults.map(({ path, message }) => html`<li><code>${path || '/'}</code> ${message}</li>`)}</ul></div>`
}
<form method="post" action="/api/ui/plan" id="form-request"><div class="field"><label for="request">Request (JSON)</label>
<textarea class="code" id="request" name="request" required spellcheck="false" autocomplete="off"${faults.length > 0 && html` aria-invalid="true"`}>${request}</textarea></div>
<button id="go-plan">Plan it</button></form>`
  })

/** What the form starts with. */
export const exampleRequest = `{
  "id": "contoso-1",
  "organization": { "tenantId": "00000000-0000-0000-0000-000000000000", "domain": "contoso.onmicrosoft.com" },
  "namePrefix": "Contoso",
  "subscriptions": [
    { "slot": 1, "id": "00000000-0000-0000-0000-000000000001", "region": "westus2", "operators": ["alice@contoso.com"] },
    { "slot": 2, "id": "00000000-0000-0000-0000-000000000002", "region": "eastus2", "operators": ["bob@contoso.com"] }
  ],
  "policies": [{ "workload": "multi-workload" }]
}`
