import type { PlanAnswer } from '../domain/views/documents.ts'
import type { MailPreview } from '../domain/mails/mail-preview.ts'
import { agreedLines } from '../domain/plan/agreed-lines.ts'
import { partyName } from '../domain/people/parties.ts'
import { html, type Html } from './html.ts'
import { moment } from './moment.ts'

type Plan = PlanAnswer['plan']

/** What the plan makes, by slot and policy. */
export function planTables({ slots, policies, keySize, sku }: Plan): Html {
  return html`<section class="panel" aria-labelledby="slots-title"><h2 id="slots-title">Two slots, kept apart</h2>
<table class="stack"><thead><tr><th scope="col">Slot</th><th scope="col">Subscription</th><th scope="col">Region</th><th scope="col">Operators</th><th scope="col">Key vault administrators</th></tr></thead>
<tbody>${slots.map(
    (
      slot
    ) => html`<tr><th scope="row">Slot ${slot.slot}</th><td><code>${slot.subscriptionId}</code></td><td>${slot.region}</td>
<td>${slot.operators.map(partyName).join(', ')}</td><td>${slot.administrators.map(partyName).join(', ')}</td></tr>`
  )}</tbody></table></section>
<section class="panel" aria-labelledby="vaults-title"><h2 id="vaults-title">What will be created: ${policies.length * 2} vaults, ${policies.length * 2} keys (${sku === 'premium' ? 'RSA-HSM' : 'software RSA'} ${keySize})</h2>
<table class="stack"><thead><tr><th scope="col">Policy</th><th scope="col">Slot 1</th><th scope="col">Slot 2</th></tr></thead>
<tbody>${policies.map(
    ({ id, vaults }) =>
      html`<tr><th scope="row">${id}</th>${vaults.map(
        ({ vaultName, keyName, region, resourceGroup }) =>
          html`<td><code>${vaultName}</code><br><span class="soft small">key ${keyName} · ${region} · ${resourceGroup}</span></td>`
      )}</tr>`
  )}</tbody></table></section>`
}

/** What nobody can take back, and what to know before approving. */
export const warnings = (plan: Plan): Html =>
  html`<section class="panel turn finding" aria-labelledby="irreversible-title"><h2 id="irreversible-title">Cannot be undone later</h2>
<ul class="plain">${plan.irreversible.map((choice) => html`<li>${choice}</li>`)}</ul></section>
<section class="panel" aria-labelledby="agreed-title"><h2 id="agreed-title">Agreed with this plan</h2>
<ul class="plain">${agreedLines(plan).map((line) => html`<li>${line}</li>`)}</ul></section>
<section class="panel" aria-labelledby="notices-title"><h2 id="notices-title">Know before you approve</h2>
<ul class="plain">${plan.notices.map(({ id, title }) => html`<li>${title} <span class="soft">${id}</span></li>`)}</ul></section>`

/** The mails to Microsoft as they will be sent; what is not known yet stands in angle brackets. */
export const mailPreviews = (mails: readonly MailPreview[]): Html =>
  html`<section class="panel" aria-labelledby="mails-title"><h2 id="mails-title">Mails that will be sent to Microsoft</h2>
${mails.map(({ to, cc, subject, text }) => html`<details id="mail-${to.split('@')[0]}"><summary>To ${to}: ${subject}</summary><p class="soft small">Copy to ${cc.join(', ')}</p><pre>${text}</pre></details>`)}</section>`

export const expectations = ({ expected, zone }: Pick<PlanAnswer, 'expected' | 'zone'>): Html =>
  html`<section class="panel" aria-labelledby="dates-title"><h2 id="dates-title">When, if people answer on the same day</h2>
<ul class="plain">${expected.map(({ title, at }) => html`<li>${moment(at, zone, true)}: ${title}</li>`)}</ul></section>`
