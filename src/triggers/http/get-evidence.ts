import { onboardingOf } from './branches.ts'
import type { Deployment } from './deployment.ts'
import { json } from './http.ts'
import { documentOf } from './onboarding-document.ts'
import type { Handler } from './route.ts'

/** `GET /api/onboardings/{id}/evidence?continuation=`: the records as they lie in the stores, with their digests. */
export const getEvidence =
  ({ steps }: Deployment): Handler<'getEvidence'> =>
  async ({ params, query, orchestrations }) => {
    const onboarding = await onboardingOf({ ...steps, orchestrations }, params.id)
    return json(200, await steps.library.evidence(documentOf(onboarding).id, query.continuation))
  }
