import type { Deployment } from '../http/deployment.ts'
import { evidencePage } from '../../web/evidence-page.ts'
import { familyOf } from '../http/branches.ts'
import { evidenceQuery } from '../../contracts/http/queries.ts'
import { documentOf } from '../http/onboarding-document.ts'
import { readQuery } from '../http/route.ts'
import { htmlAnswer, type PageWork } from './page-route.ts'

/** `GET /api/ui/onboardings/{id}/evidence?requirement=&resource=&held=`: what was observed, filtered. */
export const evidence =
  ({ steps }: Deployment): PageWork<'evidence'> =>
  async ({ request, params, orchestrations, frame }) => {
    const { onboarding, branches } = await familyOf({ ...steps, orchestrations }, params.id)
    const view = documentOf(onboarding, branches)
    const { requirement, resource, held } = Object.fromEntries(request.query)
    const { continuation } = readQuery(request, evidenceQuery)
    const found = await steps.library.evidence(view.id, continuation)
    const filter = { ...(requirement && { requirement }), ...(resource && { resource }), ...(held && { held }) }
    return htmlAnswer(200, evidencePage({ ...frame, view, evidence: found, filter }))
  }
