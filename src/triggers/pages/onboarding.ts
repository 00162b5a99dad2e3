import { onboardingPage } from '../../web/onboarding-page.ts'
import { whenChanged } from '../http/conditional.ts'
import type { Deployment } from '../http/deployment.ts'
import { partyIn } from '../http/onboarding-document.ts'
import { viewOf } from '../http/view.ts'
import { htmlAnswer, type PageWork } from './page-route.ts'

/** `GET /api/ui/onboardings/{id}`: one onboarding; held open for its script until something changes. */
export const onboarding =
  ({ steps }: Deployment): PageWork<'onboarding'> =>
  ({ request, params, orchestrations, person, frame }) =>
    whenChanged(request, async () => {
      const { family, view } = await viewOf({ ...steps, orchestrations }, params.id)
      const party = partyIn(family.onboarding, family.branches, person)
      return htmlAnswer(200, onboardingPage({ ...frame, party, view }))
    })
