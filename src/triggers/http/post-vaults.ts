import { adoptionBody, adoptionOf, type AdoptionInput } from '../../domain/checks/adoption.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import { json, refusal, route } from './http.ts'
import { readValid } from './read-valid.ts'
import { outputOf } from './short-run.ts'

const refused = {
  code: 'faulty-adoption',
  title: 'The request has faults',
  detail: 'Nothing was adopted. Mend every fault.'
}

/** `POST /api/vaults`: hands a vault made by others to the app, which keeps its keys backed up from then on (R45). */
export const postVaults = route(async ({ request, actor, orchestrations }) => {
  const adoption = adoptionOf(await readValid(request, adoptionBody, refused))
  const input: AdoptionInput = { ...adoption, by: actor }
  const outcome = await outputOf(orchestrations, orchestrators.vaultAdoption.at(input.vaultName), input)
  if (outcome.outcome === 'adopted') return json(200, outcome)
  throw refusal({
    status: 409,
    code: 'vault-unfit',
    title: `${input.vaultName} cannot be adopted as it is`,
    detail: 'Nothing was changed. Mend what each finding names, then send it again.',
    extra: { findings: outcome.findings }
  })
}, 'Operator')
