import { offlineCopyBody, type OfflineCopyInput } from '../../domain/backups/offline-copy.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import { json, refusal, route, sha256 } from './http.ts'
import { readValid } from './read-valid.ts'
import { outputOf } from './short-run.ts'

const refused = {
  code: 'faulty-attestation',
  title: 'The attestation has faults',
  detail: 'Nothing was recorded. Mend every fault.'
}

/** `POST /api/backups/offline-copies`: after a newer backup, a person says where the slot's new offline copy is kept (R45). */
export const postOfflineCopies = route(async ({ request, actor, orchestrations }) => {
  const copy = await readValid(request, offlineCopyBody, refused)
  const input: OfflineCopyInput = { ...copy, by: actor }
  const at = orchestrators.offlineCopy.at(sha256(crypto.randomUUID()).slice(0, 32))
  const outcome = await outputOf(orchestrations, at, input)
  if (outcome.outcome === 'recorded') return json(200, { slot: input.slot, by: actor, at: outcome.at })
  throw refusal({ status: 409, code: 'both-copies', title: 'One person would keep both copies', detail: outcome.why })
}, 'Operator')
