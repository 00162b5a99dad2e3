import { whenChanged } from './conditional.ts'
import type { Deployment } from './deployment.ts'
import { json } from './http.ts'
import type { Handler } from './route.ts'
import { viewOf } from './view.ts'

/** `GET /api/onboardings/{id}`: where it stands, whose turn it is, until when. Supports entity tags and long polling. */
export const getOnboarding =
  ({ steps }: Deployment): Handler<'getOnboarding'> =>
  ({ params, request, orchestrations }) =>
    whenChanged(request, async () => {
      const { view } = await viewOf({ ...steps, orchestrations }, params.id)
      return json(200, view)
    })
