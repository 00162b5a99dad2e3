import { z } from 'zod'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import type { Answer, Api } from '../stage/api.ts'

const unread = z.object({ digest: z.string().optional() })

/** Starts an onboarding as whoever has read its plan: the refusal of a start without a digest has the plan and its digest. */
export async function startRead(api: Api, actor: string, request: OnboardingRequest): Promise<Answer> {
  const refused = await api.post('onboardings', actor, request)
  if (refused.status !== 409) return refused
  const { digest } = unread.parse(refused.body)
  return api.post('onboardings', actor, { ...request, planDigest: digest })
}
