import { parseOfflineCopy, type OfflineCopyInput, type OfflineCopyOutcome } from '../domain/offline-copy.ts'
import { instanceIds, orchestrators } from '../names.ts'
import { json, readJson, refusal, route, sha256 } from './http.ts'
import { outputOf } from './short-run.ts'

/** `POST /api/backups/offline-copies`: after a newer backup, a person says where the slot's new offline copy is kept (R45). */
export const postOfflineCopies = route(async ({ request, actor, orchestrations }) => {
  const parsed = parseOfflineCopy(await readJson(request))
  if (!parsed.ok) {
    const { faults } = parsed
    throw refusal({
      status: 422, code: 'faulty-attestation', title: 'The attestation has faults', detail: 'Nothing was recorded. Mend every fault.', faults
    })
  }
  const input: OfflineCopyInput = { ...parsed.copy, by: actor }
  const id = instanceIds.offlineCopy(sha256(crypto.randomUUID()).slice(0, 32))
  const outcome = (await outputOf(orchestrations, { name: orchestrators.offlineCopy, id, input })) as OfflineCopyOutcome
  if (outcome.outcome === 'recorded') return json(200, { slot: input.slot, by: actor, at: outcome.at })
  throw refusal({ status: 409, code: 'both-copies', title: 'One person would keep both copies', detail: outcome.why })
}, 'Operator')
