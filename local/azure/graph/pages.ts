import { z } from 'zod'
import { pageSizes } from '../core/page-sizes.ts'
import type { Route, SimulatedRequest, SimulatedResponse, Surroundings } from '../core/service.ts'

/** How many entries a page has at most; any number may be asked of Graph, and any smaller one given. */
export const pageSizeOf = ({ world }: Surroundings): number => pageSizes(world).get('graph')?.size ?? Infinity

/** A route whose list comes in pages, as every list may: https://learn.microsoft.com/graph/paging */
export const paged = (route: Route): Route => ({
  ...route,
  handle: async (request, parameters, around) => {
    const answer = await route.handle(request, parameters, around)
    return route.method === 'GET' && answer.status === 200 ? pageOf(answer, pageSizeOf(around), request) : answer
  }
})

function pageOf(answer: SimulatedResponse, size: number, request: SimulatedRequest): SimulatedResponse {
  const list = aList.safeParse(answer.json).data
  if (list === undefined || size === Infinity) return answer
  const { value, ...others } = list
  const from = Number(request.query.get('$skiptoken') ?? 0)
  const next = from + size >= value.length ? {} : { '@odata.nextLink': nextPage(request, from + size) }
  return { ...answer, json: { ...others, ...next, value: value.slice(from, from + size) } }
}

const aList = z.looseObject({ value: z.array(z.unknown()) })

function nextPage({ host, target }: SimulatedRequest, from: number): string {
  const next = new URL(target, `https://${host}`)
  next.searchParams.set('$skiptoken', String(from))
  return next.href
}
