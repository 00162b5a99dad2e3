import { onboardingOf } from './branches.ts'
import type { Deployment } from './deployment.ts'
import { json } from './http.ts'
import type { Handler } from './route.ts'

/** `GET /api/onboardings/{id}/ledger?continuation=`: the chains as they lie in the store, for whoever follows them. */
export const getLedger =
  ({ steps }: Deployment): Handler<'getLedger'> =>
  async ({ params, query, orchestrations }) => {
    const page = await steps.library.ledger(params.id, query.continuation)
    // A chain that cannot be read is handed out all the same: here, people look at why.
    if (page.chains.every(({ entries }) => entries.length === 0))
      await onboardingOf({ ...steps, orchestrations }, params.id)
    return json(200, page)
  }
