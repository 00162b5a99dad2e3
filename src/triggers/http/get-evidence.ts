import type { Library } from '../../contracts/library.ts'
import { onboardingOf } from './branches.ts'
import { json, route } from './http.ts'
import { documentOf } from './onboarding-document.ts'

/** `GET /api/onboardings/{id}/evidence?continuation=`: the records as they lie in the stores, with their digests. */
export const getEvidence = (library: Library) =>
  route(async ({ request, orchestrations }) => {
    const onboarding = await onboardingOf(orchestrations, request.params['id'] ?? '')
    return json(200, await library.evidence(documentOf(onboarding).id, request.query.get('continuation') ?? undefined))
  })
