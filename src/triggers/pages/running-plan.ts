import { mailPreview } from '../../domain/mails/mail-preview.ts'
import { noticesOf } from '../../domain/plan/plan-warnings.ts'
import { runningPlanPage } from '../../web/plan-page.ts'
import type { Deployment } from '../http/deployment.ts'
import { familyOf } from '../http/branches.ts'
import { documentOf } from '../http/onboarding-document.ts'
import { htmlAnswer, type PageWork } from './page-route.ts'

/** `GET /api/ui/onboardings/{id}/plan`: what approvers read. */
export const runningPlan =
  ({ habits }: Deployment): PageWork<'runningPlan'> =>
  async ({ params, orchestrations, frame }) => {
    const { onboarding, branches } = await familyOf(orchestrations, params.id)
    const { plan } = onboarding.input
    const view = documentOf(onboarding, branches)
    const mails = mailPreview(plan, frame.banner)
    const { plan: schema } = await import('../../domain/views/documents.ts') // no start of the app needs it
    return htmlAnswer(
      200,
      runningPlanPage({ ...frame, view, plan: schema.parse(plan), notices: noticesOf(plan, habits), mails })
    )
  }
