import { onboardingPage } from '../../web/onboarding-page.ts'
import { whenChanged } from '../http/conditional.ts'
import type { Deployment } from '../http/deployment.ts'
import { viewOf } from '../http/view.ts'
import { htmlAnswer, type PageWork } from './page-route.ts'

/** `GET /api/ui/onboardings/{id}`: one onboarding; held open for its script until something changes. */
export const onboarding =
  ({ steps }: Deployment): PageWork<'onboarding'> =>
  ({ request, params, orchestrations, frame }) =>
    whenChanged(request, async () => {
      const { view } = await viewOf({ ...steps, orchestrations }, params.id)
      return htmlAnswer(200, onboardingPage({ ...frame, view }))
    })
