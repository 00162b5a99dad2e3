import type { Deployment } from './deployment.ts'
import { json } from './http.ts'
import type { Handler } from './route.ts'

/** `POST /api/diagnoses`: what the deployment lacks for an onboarding, and how to give it. Changes nothing in Azure. */
export const postDiagnoses =
  ({ steps: { examiner } }: Deployment): Handler<'diagnose'> =>
  async ({ read, actor }) =>
    json(200, { checks: await examiner.examine(await read(), actor) })
