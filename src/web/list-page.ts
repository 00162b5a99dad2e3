import { onboardingStates, type OnboardingList } from '../domain/views/documents.ts'
import { testMark } from '../domain/terms/choices.ts'
import { html, type Html } from './html.ts'
import { page, type Frame } from './layout.ts'
import { moment } from './moment.ts'

export interface ListPage extends Frame {
  readonly list: OnboardingList
  readonly status: string | undefined
}

/** All onboardings, and the way to a new one. */
export const listPage = ({ list, status, ...frame }: ListPage): string =>
  page({
    ...frame,
    title: 'Onboardings',
    live: true,
    body: html`<div class="row" id="heading"><h1>Onboardings</h1><a href="/api/ui/new">Plan a new onboarding</a></div>
<nav aria-label="Filter"><ul><li>${filter(undefined, status)}</li>${onboardingStates.map((each) => html`<li>${filter(each, status)}</li>`)}</ul></nav>
<section class="panel" id="list" aria-label="Onboardings">${list.items.length === 0 ? empty(status) : table(list)}
${list.continuation !== undefined && html`<p><a href="?${status !== undefined && `status=${status}&`}continuation=${list.continuation}">More</a></p>`}</section>`
  })

const filter = (state: string | undefined, current: string | undefined): Html =>
  html`<a href="/api/ui${state !== undefined && `?status=${state}`}"${state === current && html` aria-current="page"`}>${state ?? 'all'}</a>`

const empty = (status: string | undefined): Html =>
  status === undefined
    ? html`<p>There is no onboarding yet. <a href="/api/ui/new">Plan the first one</a>: nothing is changed before people approve.</p>`
    : html`<p>No onboarding is ${status}.</p>`

const table = ({ items }: OnboardingList): Html => html`<table class="stack">
<thead><tr><th scope="col">Organization</th><th scope="col">Onboarding</th><th scope="col">State</th><th scope="col">Waiting on</th><th scope="col">Due</th></tr></thead>
<tbody>${items.map(
  ({
    id,
    organization,
    purpose,
    status,
    waitingOn,
    due,
    zone
  }) => html`<tr><th scope="row"><a href="/api/ui/onboardings/${id}">${organization.domain}</a></th>
<td><code>${id}</code>${purpose === 'test' && html` <strong>${testMark}</strong>`}</td><td><span class="pill ${status}">${status}</span></td><td>${waitingOn}</td><td>${due !== null && status === 'running' && moment(due, zone, true)}</td></tr>`
)}</tbody></table>`
