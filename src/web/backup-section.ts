import type { OnboardingDocument } from '../domain/views/documents.ts'
import { lateAfterSeconds } from '../domain/backups/sweep.ts'
import { durationOf } from '../domain/terms/words.ts'
import { html, type Html } from './html.ts'
import { moment } from './moment.ts'

type Watch = OnboardingDocument['backups'][number]

/** Each key: when it last changed, when that was backed up, and how long that took or has been taking (R45). */
export function backupSection({ backups, zone }: OnboardingDocument): Html {
  const behind = backups.filter(({ backedUpAt }) => backedUpAt === undefined).length
  return html`<section class="panel" id="backups" aria-labelledby="backups-title">
<h2 id="backups-title">Backups ${behind > 0 && html`<span class="pill finding">${behind} behind</span>`}</h2>
${
  backups.length === 0
    ? html`<p class="soft">No sweep has seen a key of this onboarding yet.</p>`
    : html`<table class="stack">
<thead><tr><th scope="col">Key</th><th scope="col">Last change (${zone})</th><th scope="col">Backed up</th><th scope="col">Gap</th><th scope="col">Offline copy</th></tr></thead>
<tbody>${backups.map((watch) => row(watch, zone))}</tbody></table>`
}
</section>`
}

const row = ({ vaultName, keyName, changedAt, backedUpAt, gapSeconds, copied }: Watch, zone: string): Html =>
  html`<tr><th scope="row">${keyName}<span class="vault soft small"> in ${vaultName}</span></th>
<td>${changedAt === undefined ? 'not known' : moment(changedAt, zone)}</td>
<td>${backedUpAt === undefined ? html`<span class="pill ${gapSeconds > lateAfterSeconds ? 'finding' : 'waiting'}">not yet</span>` : moment(backedUpAt, zone)}</td>
<td>${durationOf(gapSeconds)}</td><td>${copied ? 'attested since' : 'to be made'}</td></tr>`
