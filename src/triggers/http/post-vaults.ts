import { adoptionOf, type AdoptionInput } from '../../domain/backups/adoption.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import { json, refusal } from './http.ts'
import type { Handler } from './route.ts'
import { outputOf } from './short-run.ts'

/** `POST /api/vaults`: hands a vault made by others to the app, which keeps its keys backed up from then on (R45). */
export const postVaults: Handler<'adoptVault'> = async ({ read, actor, orchestrations }) => {
  const input: AdoptionInput = { ...adoptionOf(await read()), by: actor }
  const outcome = await outputOf(orchestrations, orchestrators.vaultAdoption.at(input.vaultName), input)
  if (outcome.outcome === 'adopted') return json(200, outcome)
  throw refusal({
    code: 'vault-unfit',
    title: `${input.vaultName} cannot be adopted as it is`,
    detail: 'Nothing was changed. Mend what each finding names, then send it again.',
    extra: { findings: outcome.findings }
  })
}
