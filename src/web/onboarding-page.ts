import { shortDigest } from '../domain/plan/plan-digest.ts'
import type { OnboardingDocument } from '../domain/views/documents.ts'
import { chapterIndex, chapters } from '../domain/state/chapters.ts'
import { markOf } from '../domain/terms/choices.ts'
import { countOf } from '../domain/terms/words.ts'
import { answerSection } from './answer-section.ts'
import { backupSection } from './backup-section.ts'
import { findingSection } from './finding-section.ts'
import { html, type Html } from './html.ts'
import { page, type Frame } from './layout.ts'
import { logSection } from './log-section.ts'
import { moment } from './moment.ts'
import { taskSection, type PageReader } from './task-section.ts'
import { timeline } from './timeline.ts'
import { turnSection } from './turn-section.ts'

export type OnboardingPage = Frame & PageReader & { readonly view: OnboardingDocument }

/** One onboarding: whose turn, the timeline, tasks, findings, downloads and the log. */
export function onboardingPage({ view, reader, party, banner, typed }: OnboardingPage): string {
  const reading = { party, ...(typed === undefined ? {} : { typed }) }
  const title = `${view.organization.domain}${typed === undefined ? '' : ': answer refused'}`
  return page({
    reader,
    banner: markOf(banner, view.purpose),
    title,
    live: true,
    body: html`${heading(view)}
${turnSection(view)}
<div class="columns" id="decide">${taskSection(view, reading)}${findingSection(view, reading)}</div>
${answerSection(view)}
${timeline(view)}
${backupSection(view)}
${downloads(view)}
${logSection(view)}`
  })
}

const stateWords = { completed: 'Completed', cancelled: 'Cancelled' } as const

function heading(view: OnboardingDocument): Html {
  const { id, organization, policies, startedAt, startedBy, planDigest, zone, status, waitingOn } = view
  const done = Math.min(chapterIndex(view.step), chapters.length)
  const state =
    status === 'running'
      ? `Waiting on ${waitingOn} · step ${String(Math.min(done + 1, chapters.length))} of ${String(chapters.length)}`
      : stateWords[status]
  return html`<div id="heading"><div class="row"><h1>${organization.domain}</h1>
<span class="pill ${status === 'running' ? (waitingOn === 'azure' ? 'running' : 'waiting') : status}">${state}</span></div>
<p class="soft">${id} · ${countOf(policies.length, 'policy').replace('policys', 'policies')} · ${countOf(policies.length * 2, 'vault')} · started ${moment(startedAt, zone)} by ${startedBy} · plan <code>${shortDigest(planDigest)}</code></p>
${sections(id, 'overview')}</div>`
}

/** The pages of one onboarding. */
export function sections(id: string, current: 'overview' | 'plan' | 'evidence'): Html {
  const base = `/api/ui/onboardings/${id}`
  const link = (name: typeof current, href: string, label: string): Html =>
    html`<li><a href="${href}"${name === current && html` aria-current="page"`}>${label}</a></li>`
  return html`<nav aria-label="This onboarding"><ul>${link('overview', base, 'Overview')}${link('plan', `${base}/plan`, 'Plan')}${link(
    'evidence',
    `${base}/evidence`,
    'Evidence'
  )}</ul></nav>`
}

function downloads({ id, handOff, status }: OnboardingDocument): Html {
  const base = `/api/onboardings/${id}`
  return html`<section class="panel" id="downloads" aria-labelledby="downloads-title"><h2 id="downloads-title">Downloads</h2>
${
  handOff
    ? html`<ul class="plain"><li><a href="${base}/hand-off?format=md">Hand-off, Markdown</a></li>
<li><a href="${base}/hand-off?format=html">Hand-off, to read and print</a></li>
<li><a href="${base}/hand-off?format=json">Hand-off, JSON</a> <span class="soft small">SHA-256 <code>${handOff.sha256}</code></span></li></ul>`
    : status === 'cancelled'
      ? html`<ul class="plain"><li><a href="${base}/hand-off?format=md">What stays in Azure, and what people may remove</a></li></ul>`
      : html`<p class="soft">The hand-off is written when everything is verified.</p>`
}
<ul class="plain"><li><a href="${base}">This onboarding, JSON</a></li></ul></section>`
}
