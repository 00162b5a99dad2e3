import type { SimulatedRequest } from '../core/service.ts'
import { badParameter } from './refusals.ts'

const pageLimit = 25

/** One page of a listing, and where the next one is. `$skiptoken` is the number of items already told. */
export function pageOf(items: readonly unknown[], request: SimulatedRequest, url: string): unknown {
  const size = Number(request.query.get('maxresults') ?? pageLimit)
  if (!Number.isInteger(size) || size < 1 || size > pageLimit) throw badParameter(`Invalid maxresults: ${size}`)
  const from = Number(request.query.get('$skiptoken') ?? 0)
  const next = from + size
  const version = request.query.get('api-version') ?? ''
  return {
    value: items.slice(from, next),
    nextLink: next < items.length ? `${url}?api-version=${version}&$skiptoken=${next}&maxresults=${size}` : null
  }
}
