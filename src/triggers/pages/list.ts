import { listPage } from '../../web/list-page.ts'
import { whenChanged } from '../http/conditional.ts'
import { listAnswer } from '../http/get-onboardings.ts'
import { htmlAnswer, type PageWork } from './page-route.ts'

/** `GET /api/ui`: all onboardings. */
export const list: PageWork = ({ request, orchestrations, frame }) =>
  whenChanged(request, async () => {
    const found = await listAnswer(orchestrations, request)
    return htmlAnswer(200, listPage({ ...frame, list: found, status: request.query.get('status') ?? undefined }))
  })
