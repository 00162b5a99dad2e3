import type { QueryOf } from '../../contracts/http/descriptions.ts'
import type { OnboardingList } from '../../domain/views/documents.ts'
import { quoted } from '../../domain/terms/fault.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import { branchesOf, liveBranches } from './branches.ts'
import type { InstanceOf, Orchestrations } from '../durable-client.ts'
import { json, refusal } from './http.ts'
import { rowOf, stateOf } from './onboarding-document.ts'
import type { Handler } from './route.ts'

/**
 * `GET /api/onboardings?status=&limit=&continuation=`: oldest first; the continuation is the last id of the page before.
 * Pages are cut from the whole list before it is filtered, so that an onboarding that ends meanwhile moves no page.
 */
export const getOnboardings: Handler<'listOnboardings'> = async ({ query, orchestrations }) =>
  json(200, await listAnswer(orchestrations, query))

/** The page of the list that a query asks for. */
export async function listAnswer(
  orchestrations: Orchestrations,
  { status, limit, continuation }: QueryOf<'listOnboardings'>
): Promise<OnboardingList> {
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
  throw faulty('/continuation', message)
}

const faulty = (path: string, message: string) =>
  refusal({
    code: 'faulty-query',
    title: 'The query has faults',
    detail: 'Mend every fault listed and ask again.',
    faults: [{ path, message }]
  })
