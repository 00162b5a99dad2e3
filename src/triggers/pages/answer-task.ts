import type { Deployment } from '../http/deployment.ts'
import { taskNamed } from '../../domain/tasks/task.ts'
import { kindOf } from '../../domain/tasks/task-kinds.ts'
import { onboardingPage } from '../../web/onboarding-page.ts'
import { Refusal } from '../http/http.ts'
import { partyIn } from '../http/onboarding-document.ts'
import { takeAnswer } from '../http/post-task.ts'
import { viewOf } from '../http/view.ts'
import { formOf, htmlAnswer, seeOther, type PageWork } from './page-route.ts'

/** `POST /api/ui/onboardings/{id}/tasks/{task}`: a form. Faults come back on the page, beside what was typed. */
export const answerTask =
  ({ steps, stepUp, tenantId }: Deployment): PageWork<'answerTask'> =>
  async (visit) => {
    const { id, task: name } = visit.params
    const values = await formOf(visit.request)
    const { family, view } = await viewOf({ ...steps, orchestrations: visit.orchestrations }, id)
    const task = taskNamed(name)
    const body = task ? kindOf(task).form.toAnswer(values, view) : {}
    try {
      await takeAnswer({ ...visit, steps, stepUp, tenantId }, family, { name, body })
      return seeOther(`/api/ui/onboardings/${encodeURIComponent(id)}`)
    } catch (error) {
      if (!(error instanceof Refusal) || error.problem.status !== 422) throw error
      const typed = { task: name, values, faults: error.problem.faults ?? [] }
      return htmlAnswer(
        422,
        onboardingPage({
          ...visit.frame,
          party: partyIn(family.onboarding, family.branches, visit.person),
          view,
          typed
        })
      )
    }
  }
