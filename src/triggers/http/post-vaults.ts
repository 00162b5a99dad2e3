import { adoptionOf } from '../../domain/backups/adoption.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import type { Orchestrations } from '../durable-client.ts'
import { json, refusal } from './http.ts'
import type { Handler } from './route.ts'
import { endOf, lookAgain, refuseUnknownRun } from './short-run.ts'

/** `POST /api/vaults`: hands a vault made by others to the app, which keeps its keys backed up from then on (R45). */
export const postVaults: Handler<'adoptVault'> = async (visit) => {
  const { read, actor, person, orchestrations } = visit
  const input = { ...adoptionOf(await read()), by: actor, person }
  const run = input.vaultName.toLowerCase()
  await orchestrations.start(orchestrators.vaultAdoption.at(run), input)
  return adoptedOrWait(orchestrations, run)
}

/** `GET /api/vaults/{run}`: the same, of a run that took longer than its first answer waited. */
export const getAdoption: Handler<'getAdoption'> = async ({ params: { run }, orchestrations }) => {
  await refuseUnknownRun(orchestrations, orchestrators.vaultAdoption.at(run))
  return adoptedOrWait(orchestrations, run)
}

async function adoptedOrWait(orchestrations: Orchestrations, run: string) {
  const ended = await endOf(orchestrations, orchestrators.vaultAdoption.at(run))
  if (!ended) return lookAgain('adoptVault', run)
  const { input, output } = ended
  if (output.outcome === 'adopted' || output.outcome === 'proposed') return json(200, output)
  if (output.outcome === 'barred')
    throw refusal({
      code: 'not-yours',
      title: `${input.vaultName} is not ${input.by}'s to hand over`,
      detail: output.why
    })
  throw refusal({
    code: 'vault-unfit',
    title: `${input.vaultName} cannot be adopted as it is`,
    detail: 'Nothing was changed. Mend what each finding names, then send it again.',
    extra: { findings: output.findings }
  })
}
