import { familyOf } from './branches.ts'
import { json, route } from './http.ts'
import { documentOf } from './onboarding-document.ts'

/** `GET /api/onboardings/{id}`: where it stands, whose turn it is, until when. */
export const getOnboarding = route(async ({ request, orchestrations }) => {
  const { onboarding, branches } = await familyOf(orchestrations, request.params['id'] ?? '')
  return json(200, documentOf(onboarding, branches))
})
