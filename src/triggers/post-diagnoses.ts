import { parseWanted, type Examiner } from '../domain/diagnosis.ts'
import { json, readJson, refusal, route } from './http.ts'

/** `POST /api/diagnoses`: what the deployment lacks for an onboarding, and how to give it. Changes nothing in Azure. */
export const postDiagnoses = (examiner: Examiner) => route(async ({ request, actor }) => {
  const parsed = parseWanted(await readJson(request, {}))
  if (parsed.ok) return json(200, { checks: await examiner.examine(parsed.wanted, actor) })
  const { faults } = parsed
  throw refusal({ status: 422, code: 'faulty-diagnosis', title: 'What to look at has faults', detail: 'Nothing was looked at. Mend every fault.', faults })
}, 'Operator')
