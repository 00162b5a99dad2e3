import { orchestrators } from '../../contracts/orchestrations.ts'
import type { Orchestrations } from '../durable-client.ts'
import { json, refusal } from './http.ts'
import type { Handler } from './route.ts'
import { endOf, lookAgain, newRun, refuseUnknownRun } from './short-run.ts'

/** `POST /api/backups/offline-copies`: after a newer backup, a person says where the slot's new offline copy is kept (R45). */
export const postOfflineCopies: Handler<'attestOfflineCopy'> = async (visit) => {
  const { read, actor, person, orchestrations } = visit
  const input = { ...(await read()), by: actor, person }
  const run = newRun()
  await orchestrations.start(orchestrators.offlineCopy.at(run), input)
  return recordedOrWait(orchestrations, run)
}

/** `GET /api/backups/offline-copies/{run}`: the same, of a run that took longer than its first answer waited. */
export const getOfflineCopy: Handler<'getOfflineCopy'> = async ({ params: { run }, orchestrations }) => {
  await refuseUnknownRun(orchestrations, orchestrators.offlineCopy.at(run))
  return recordedOrWait(orchestrations, run)
}

async function recordedOrWait(orchestrations: Orchestrations, run: string) {
  const ended = await endOf(orchestrations, orchestrators.offlineCopy.at(run))
  if (!ended) return lookAgain('attestOfflineCopy', run)
  const { input, output } = ended
  if (output.outcome === 'recorded') return json(200, { slot: input.slot, by: input.by, at: output.at })
  throw refusal({
    code: 'not-yours',
    title: `The copies of slot ${String(input.slot)} are not ${input.by}'s to attest`,
    detail: output.why
  })
}
