import { mailPreview } from '../../domain/mails/mail-preview.ts'
import { runningPlanPage } from '../../web/plan-page.ts'
import { familyOf } from '../http/branches.ts'
import type { Deployment } from '../http/deployment.ts'
import { notePlanShown } from '../http/shown-plan.ts'
import { documentOf } from '../http/onboarding-document.ts'
import { htmlAnswer, type PageWork } from './page-route.ts'

/** `GET /api/ui/onboardings/{id}/plan`: what approvers read, sentence by sentence as it was planned. */
export const runningPlan =
  ({ steps }: Deployment): PageWork<'runningPlan'> =>
  async (visit) => {
    const { params, orchestrations, frame } = visit
    const { onboarding, branches } = await familyOf({ ...steps, orchestrations }, params.id)
    const { plan } = onboarding.input
    const view = documentOf(onboarding, branches)
    const mails = mailPreview(plan, frame.banner)
    await notePlanShown(visit, steps.readers, { onboarding, on: 'page' })
    return htmlAnswer(200, runningPlanPage({ ...frame, view, plan, mails }))
  }
