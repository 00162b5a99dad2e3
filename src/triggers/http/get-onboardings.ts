import type { HttpRequest } from '@azure/functions'
import { z } from 'zod'
import type { OnboardingList } from '../../domain/views/documents.ts'
import { faultsOf, quoted } from '../../domain/terms/fault.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import { branchesOf, liveBranches } from './branches.ts'
import type { InstanceOf, Orchestrations } from '../durable-client.ts'
import { json, refusal, route } from './http.ts'
import { onboardingStates as states } from '../../domain/views/onboarding-document.ts'
import { rowOf, stateOf } from './onboarding-document.ts'

const query = z.strictObject({
  status: z
    .enum(states, { error: ({ input }) => `${quoted(input)} is not a status. Use ${states.join(', ')}.` })
    .optional(),
  limit: z
    .string()
    .regex(/^([1-9]\d?|1\d\d|200)$/, {
      error: ({ input }) => `${quoted(input)} is not a whole number from 1 to 200. Correct it.`
    })
    .transform(Number)
    .default(50),
  continuation: z.string().optional()
})

/**
 * `GET /api/onboardings?status=&limit=&continuation=`: oldest first; the continuation is the last id of the page before.
 * Pages are cut from the whole list before it is filtered, so that an onboarding that ends meanwhile moves no page.
 */
export const getOnboardings = route(async ({ request, orchestrations }) =>
  json(200, await listAnswer(orchestrations, request))
)

/** The page of the list that a query asks for. */
export async function listAnswer(orchestrations: Orchestrations, request: HttpRequest): Promise<OnboardingList> {
  const asked = query.safeParse(Object.fromEntries(request.query))
  if (!asked.success) throw faulty(faultsOf(asked.error))
  const { status, limit, continuation } = asked.data
  const all = await orchestrations.list(orchestrators.onboarding, 'all')
  const rest = all
    .slice(startAfter(all, continuation))
    .filter((each) => status === undefined || stateOf(each) === status)
  const page = rest.slice(0, limit)
  const branches = await liveBranches(orchestrations, page)
  const items = page.map((each) => rowOf(each, branchesOf(each, branches)))
  const last = items.at(-1)
  return rest.length > limit && last ? { items, continuation: last.id } : { items }
}

function startAfter(all: readonly InstanceOf<'onboarding'>[], continuation: string | undefined): number {
  if (continuation === undefined) return 0
  const index = all.findIndex((each) => each.id === orchestrators.onboarding.at(continuation).id)
  if (index >= 0) return index + 1
  const message = `There is no onboarding ${quoted(continuation)} to go on after. Begin without continuation.`
  throw faulty([{ path: '/continuation', message }])
}

const faulty = (faults: ReturnType<typeof faultsOf>) =>
  refusal({
    status: 400,
    code: 'faulty-query',
    title: 'The query has faults',
    detail: 'Mend every fault listed and ask again.',
    faults
  })
