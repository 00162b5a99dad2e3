import { diagnosisBody, type Examiner } from '../../contracts/diagnosis.ts'
import { json, route } from './http.ts'
import { readValid } from './read-valid.ts'

const refused = {
  code: 'faulty-diagnosis',
  title: 'What to look at has faults',
  detail: 'Nothing was looked at. Mend every fault.'
}

/** `POST /api/diagnoses`: what the deployment lacks for an onboarding, and how to give it. Changes nothing in Azure. */
export const postDiagnoses = (examiner: Examiner) =>
  route(async ({ request, actor }) => {
    const wanted = await readValid(request, diagnosisBody, refused, {})
    return json(200, { checks: await examiner.examine(wanted, actor) })
  }, 'Operator')
