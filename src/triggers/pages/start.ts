import type { Deployment } from '../http/deployment.ts'
import { startOnboarding } from '../http/post-onboardings.ts'
import { parseShallow } from '../http/shallow-json.ts'
import { withFaults } from './plan.ts'
import { formOf, seeOther, type PageWork } from './page-route.ts'

/** `POST /api/ui/start`: starts the plan that the reader has just read. */
export const start =
  ({ steps }: Deployment): PageWork<'start'> =>
  async (visit) => {
    const { request = '', planDigest } = await formOf(visit.request)
    return withFaults(visit, request, async () => {
      const body = parseShallow(request)
      await startOnboarding(visit, steps, { body, planDigest })
      const { id } = body as { id: string } // the start refused any body without one
      return seeOther(`/api/ui/onboardings/${encodeURIComponent(id)}`)
    })
  }
