import type { Problem } from '../domain/terms/problem.ts'
import { html } from './html.ts'
import { page, type Frame } from './layout.ts'

/** A refusal, for a person who reads pages. */
export const problemPage = ({ problem, ...frame }: Frame & { readonly problem: Problem }): string =>
  page({
    ...frame,
    title: problem.title,
    body: html`<h1>${problem.title}</h1><p>${problem.detail}</p>
${problem.faults && problem.faults.length > 0 && html`<ul class="plain">${problem.faults.map(({ path, message }) => html`<li><code>${path || '/'}</code> ${message}</li>`)}</ul>`}
${problem.signIn !== undefined && html`<p><a class="button" href="${problem.signIn}">Sign in again</a>, then give the answer once more.</p>`}
<p class="soft small"><code>${problem.type}</code> · ${problem.status}</p><p><a href="/api/ui">All onboardings</a></p>`
  })
