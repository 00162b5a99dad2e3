import { pageSizes } from '../core/page-sizes.ts'
import { isObject } from './read-json.ts'
import type { Route, SimulatedRequest, SimulatedResponse } from '../core/service.ts'

/**
 * A route whose lists come in pages, as the definitions of all of them say (`x-ms-pageable`, each in the file that
 * test/contract/facts.json names): the address of the next page has the query of the first, and a mark of Azure's own.
 */
export const paged = (route: Route): Route => (inOne.has(route.operation) ? route : pagedAlways(route))

/** `nextLinkName` is null in its definition: no client looks for more. */
const inOne = new Set(['subscriptions.listLocations'])

const pagedAlways = (route: Route): Route => ({
  ...route,
  handle: async (request, parameters, around) => {
    const answer = await route.handle(request, parameters, around)
    const { size } = pageSizes(around.world).get('arm') ?? { size: Infinity }
    return route.method === 'GET' && answer.status === 200 ? pageOf(answer, size, request) : answer
  }
})

const mark = '$skiptoken'

function pageOf(answer: SimulatedResponse, size: number, request: SimulatedRequest): SimulatedResponse {
  if (!isObject(answer.json)) return answer
  const { value, ...others } = answer.json
  if (!Array.isArray(value)) return answer
  const from = Number(request.query.get(mark) ?? 0)
  const page: unknown[] = value.slice(from, from + size)
  const isLast = from + size >= value.length
  const next = isLast ? {} : { nextLink: nextPage(request, from + size) }
  return { ...answer, json: { ...others, value: page, ...next } }
}

function nextPage({ host, target }: SimulatedRequest, from: number): string {
  const next = new URL(target.replace(/^\/+/, '/'), `https://${host}`)
  next.searchParams.set(mark, String(from))
  return next.href
}
