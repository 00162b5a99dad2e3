import { z } from 'zod'
import type { QueryOf } from '../../contracts/http/descriptions.ts'
import { onboardingAt, orchestrators } from '../../contracts/orchestrations.ts'
import { onboardingChain } from '../../domain/ledger/chains.ts'
import { newestGeneration } from '../../domain/ledger/standing.ts'
import { quoted } from '../../domain/terms/fault.ts'
import type { OnboardingList } from '../../domain/views/documents.ts'
import { asOnboarding, branchesOf, type Asked } from './branches.ts'
import type { Onboarding } from './known.ts'
import type { Deployment } from './deployment.ts'
import { json, refusal } from './http.ts'
import { withStops } from './stops.ts'
import type { InstanceOf } from '../durable-client.ts'
import { openOnboardings, unlessUnread } from '../open-onboardings.ts'
import { rowOf } from './onboarding-document.ts'
import type { Handler } from './route.ts'

/** `GET /api/onboardings?status=&limit=&continuation=`: page by page, by their ids. */
export const getOnboardings =
  ({ steps }: Deployment): Handler<'listOnboardings'> =>
  async ({ query, orchestrations }) =>
    json(200, await listAnswer({ ...steps, orchestrations }, query))

type Query = QueryOf<'listOnboardings'>

/** So many pages of the engine make one of these at most, where few onboardings have the status that is asked for. */
const mostPages = 10

/**
 * The page of the list that a query asks for: of the instances that the engine shows, those that carry an onboarding now. Open
 * ones whose instance is gone stand on the first page.
 */
export async function listAnswer(asked: Asked, { status, limit, continuation }: Query): Promise<OnboardingList> {
  const found: Onboarding[] = continuation === undefined ? await gone(asked) : []
  const wanted = () => found.filter((each) => status === undefined || each.stands === status)
  let next: string | undefined = continuation === undefined ? '' : placeIn(continuation)
  for (let pages = 0; pages < mostPages && next !== undefined && wanted().length < limit; pages += 1) {
    const page = await pageAt(asked, next, limit - wanted().length)
    for (const instance of page.items) found.push(...(await carrying(asked, instance)))
    next = page.continuation
  }
  const items = []
  for (const each of wanted()) items.push(rowOf(each, await branchesOf(asked.orchestrations, each)))
  return next === undefined || next === '' ? { items } : { items, continuation: continuationAt(next) }
}

interface Page {
  readonly items: readonly InstanceOf<'onboarding'>[]
  readonly continuation?: string
}

const pageAt = ({ orchestrations }: Asked, place: string, top: number): Promise<Page> =>
  orchestrations.list(orchestrators.onboarding, { top, ...(place !== '' && { continuation: place }) })

/** The onboarding, where this is the newest instance of it. */
async function carrying({ ledger }: Asked, instance: InstanceOf<'onboarding'>): Promise<Onboarding[]> {
  const { requestId } = instance.input
  const entries = await unlessUnread(ledger.entries(onboardingChain(requestId)))
  if (entries === undefined) return [unread(instance)]
  return instance.id === onboardingAt(requestId, newestGeneration(entries)).id ? [asOnboarding(instance, entries)] : []
}

/** As its instance shows it: nobody here can say what became of it since. */
const unread = (instance: InstanceOf<'onboarding'>): Onboarding =>
  withStops(asOnboarding(instance, []), [
    { resource: instance.input.requestId, code: 'newer-release', since: instance.updatedAt }
  ])

async function gone(asked: Asked): Promise<Onboarding[]> {
  return (await openOnboardings(asked)).filter(({ state }) => state === 'absent')
}

/** What the engine says of a place in its list, in one word that a query can have. */
const continuationAt = (place: string): string => Buffer.from(JSON.stringify({ place })).toString('base64url')

function placeIn(continuation: string): string {
  const { success, data } = continued.safeParse(Buffer.from(continuation, 'base64url').toString('utf8'))
  if (success) return data.place
  throw refusal({
    code: 'faulty-query',
    title: 'The query has faults',
    detail: 'Mend every fault listed and ask again.',
    faults: [
      { path: '/continuation', message: `${quoted(continuation)} is none of this list. Begin without continuation.` }
    ]
  })
}

const continued = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'is no JSON' })
      return z.NEVER
    }
  })
  .pipe(z.object({ place: z.string().regex(/^[\x20-\x7e]{1,4096}$/) })) // goes on to the engine in a header
