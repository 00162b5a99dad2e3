import { onboardingPage } from '../../web/onboarding-page.ts'
import { familyOf } from '../http/branches.ts'
import { whenChanged } from '../http/conditional.ts'
import type { Deployment } from '../http/deployment.ts'
import { documentOf } from '../http/onboarding-document.ts'
import { htmlAnswer, type PageWork } from './page-route.ts'

/** `GET /api/ui/onboardings/{id}`: one onboarding; held open for its script until something changes. */
export const onboarding =
  ({ steps }: Deployment): PageWork<'onboarding'> =>
  ({ request, params, orchestrations, frame }) =>
    whenChanged(request, async () => {
      const { onboarding: found, branches, sweep } = await familyOf({ ...steps, orchestrations }, params.id)
      return htmlAnswer(200, onboardingPage({ ...frame, view: documentOf(found, branches, sweep) }))
    })
