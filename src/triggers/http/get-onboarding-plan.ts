import { mailPreview } from '../../domain/mails/mail-preview.ts'
import { onboardingOf } from './branches.ts'
import type { Deployment } from './deployment.ts'
import { json } from './http.ts'
import type { Handler } from './route.ts'
import { notePlanShown } from './shown-plan.ts'

/** `GET /api/onboardings/{id}/plan`: what approvers read. That it was shown to one is taken down: an approval stands on it. */
export const getOnboardingPlan =
  ({ steps }: Deployment): Handler<'getOnboardingPlan'> =>
  async (visit) => {
    const onboarding = await onboardingOf({ ...steps, orchestrations: visit.orchestrations }, visit.params.id)
    const { plan } = onboarding.input
    await notePlanShown(visit, steps.readers, { onboarding, on: 'api' })
    return json(200, { digest: plan.digest, plan, zone: plan.deployment.sla.zone, mails: mailPreview(plan) })
  }
