import { z } from 'zod'
import { faultsOf } from '../domain/fault.ts'
import { instanceIds } from '../names.ts'
import { json, refusal, route } from './http.ts'
import { rowOf, stateOf } from './onboarding-document.ts'

const query = z.strictObject({
  status: z.enum(['running', 'completed', 'cancelled', 'failed']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  continuation: z.string().max(200).optional()
})

/** `GET /api/onboardings?status=&limit=&continuation=`: oldest first; the continuation is the last id of the page before. */
export const getOnboardings = route(async ({ request, orchestrations }) => {
  const asked = query.safeParse(Object.fromEntries(request.query))
  if (!asked.success) {
    throw refusal(400, 'faulty-query', 'The query has faults', 'Mend every fault listed and ask again.', faultsOf(asked.error))
  }
  const { status, limit, continuation } = asked.data
  const all = (await orchestrations.list(instanceIds.onboarding(''), 'all'))
    .filter((each) => status === undefined || stateOf(each) === status)
  const start = continuation === undefined ? 0 : all.findIndex((each) => each.id === instanceIds.onboarding(continuation)) + 1
  const page = all.slice(start, start + limit)
  const items = page.map(rowOf)
  const last = items.at(-1)
  return json(200, start + limit < all.length && last ? { items, continuation: last.id } : { items })
})
