import { familyOf } from './branches.ts'
import { whenChanged } from './conditional.ts'
import { json, route } from './http.ts'
import { documentOf } from './onboarding-document.ts'

/** `GET /api/onboardings/{id}`: where it stands, whose turn it is, until when. Supports entity tags and long polling. */
export const getOnboarding = route(async ({ request, orchestrations }) => {
  return whenChanged(request, async () => {
    const { onboarding, branches, sweep } = await familyOf(orchestrations, request.params['id'] ?? '')
    return json(200, documentOf(onboarding, branches, sweep))
  })
})
