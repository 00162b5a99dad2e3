import type { HttpResponseInit } from '@azure/functions'
import { handOffHtml } from '../../web/hand-off-document.ts'
import type { Library } from '../../contracts/library.ts'
import { onboardingOf } from './branches.ts'
import type { Deployment } from './deployment.ts'
import { refusal } from './http.ts'
import { documentOf } from './onboarding-document.ts'
import { htmlAnswer } from '../pages/page-route.ts'
import type { Handler } from './route.ts'

/**
 * `GET /api/onboardings/{id}/hand-off?format=md|html|json`: the document, from the store; it passes through no history. Of a
 * cancelled onboarding, as `md`: what it leaves in Azure, and what people may remove.
 */
export const getHandOff =
  ({ steps }: Deployment): Handler<'getHandOff'> =>
  async ({ params, query: { format }, orchestrations }) => {
    const { library } = steps
    const onboarding = await onboardingOf({ ...steps, orchestrations }, params.id)
    const { id, zone, status } = documentOf(onboarding)
    if (status === 'cancelled') return reportOf(library, id, format)
    if (format === 'md') return markdown(`${id}-hand-off`, (await library.handOffMarkdown(id)) ?? missing(id))
    const { text, handOff } = (await library.handOff(id)) ?? missing(id)
    if (format === 'html') return htmlAnswer(200, handOffHtml(handOff, zone))
    return download('application/json', `${id}-hand-off.json`, text)
  }

async function reportOf(library: Library, id: string, format: string): Promise<HttpResponseInit> {
  const report = format === 'md' ? await library.remains(id) : undefined
  if (report === undefined) throw wasCancelled(id)
  return markdown(`${id}-cancelled`, report)
}

const download = (type: string, name: string, body: string): HttpResponseInit => ({
  headers: { 'content-type': `${type}; charset=utf-8`, 'content-disposition': `attachment; filename="${name}"` },
  body
})

const markdown = (name: string, text: string): HttpResponseInit => download('text/markdown', `${name}.md`, text)

const wasCancelled = (id: string) =>
  refusal({
    code: 'no-hand-off',
    title: `Onboarding "${id}" was cancelled and has no hand-off`,
    detail: 'Ask for the format md: it says what stays in Azure and what people may remove.'
  })

function missing(id: string): never {
  throw refusal({
    code: 'no-hand-off',
    title: `Onboarding "${id}" has no hand-off yet`,
    detail: 'It is written when everything is verified. Look at the onboarding for what it waits for.'
  })
}
