import { handOffHtml } from '../web/hand-off-document.ts'
import type { HandOff } from '../domain/hand-off.ts'
import type { Library } from '../domain/library.ts'
import { familyOf } from './branches.ts'
import { refusal, route } from './http.ts'
import { documentOf } from './onboarding-document.ts'
import { htmlAnswer } from './pages/page-route.ts'

/** `GET /api/onboardings/{id}/hand-off?format=md|html|json`: the document, from the store; it passes through no history. */
export const getHandOff = (library: Library) => route(async ({ request, orchestrations }) => {
  const { onboarding } = await familyOf(orchestrations, request.params['id'] ?? '')
  const { id, zone } = documentOf(onboarding)
  const format = request.query.get('format') ?? 'json'
  if (format !== 'md' && format !== 'json' && format !== 'html') throw unknownFormat(format)
  const text = await library.handOff(id, format === 'md' ? 'md' : 'json')
  if (text === undefined) throw notYet(id)
  if (format === 'html') return htmlAnswer(200, handOffHtml(JSON.parse(text) as HandOff, zone))
  const type = format === 'md' ? 'text/markdown; charset=utf-8' : 'application/json; charset=utf-8'
  return { headers: { 'content-type': type, 'content-disposition': `attachment; filename="${id}-hand-off.${format}"` }, body: text }
})

const unknownFormat = (format: string) => refusal({
  status: 400, code: 'faulty-query', title: 'The query has faults', detail: 'Mend every fault listed and ask again.',
  faults: [{ path: '/format', message: `${JSON.stringify(format.slice(0, 20))} is not a format. Use md, html or json.` }]
})

const notYet = (id: string) => refusal({
  status: 404, code: 'no-hand-off', title: `Onboarding "${id}" has no hand-off yet`,
  detail: 'It is written when everything is verified. Look at the onboarding for what it waits for.'
})
