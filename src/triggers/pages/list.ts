import { listPage } from '../../web/list-page.ts'
import { listQuery } from '../../contracts/http/queries.ts'
import { whenChanged } from '../http/conditional.ts'
import type { Deployment } from '../http/deployment.ts'
import { listAnswer } from '../http/get-onboardings.ts'
import { readQuery } from '../http/route.ts'
import { htmlAnswer, type PageWork } from './page-route.ts'

/** `GET /api/ui`: all onboardings. */
export const list =
  ({ steps }: Deployment): PageWork<'list'> =>
  ({ request, orchestrations, frame }) =>
    whenChanged(request, async () => {
      const query = readQuery(request, listQuery)
      const found = await listAnswer({ ...steps, orchestrations }, query)
      return htmlAnswer(200, listPage({ ...frame, list: found, status: query.status }))
    })
