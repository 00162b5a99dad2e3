import { familyOf } from './branches.ts'
import { whenChanged } from './conditional.ts'
import type { Deployment } from './deployment.ts'
import { json } from './http.ts'
import { documentOf } from './onboarding-document.ts'
import type { Handler } from './route.ts'

/** `GET /api/onboardings/{id}`: where it stands, whose turn it is, until when. Supports entity tags and long polling. */
export const getOnboarding =
  ({ steps }: Deployment): Handler<'getOnboarding'> =>
  ({ params, request, orchestrations }) =>
    whenChanged(request, async () => {
      const { onboarding, branches, sweep } = await familyOf({ ...steps, orchestrations }, params.id)
      return json(200, documentOf(onboarding, branches, sweep))
    })
