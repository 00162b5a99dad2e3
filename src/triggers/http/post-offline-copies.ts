import type { OfflineCopyInput } from '../../domain/backups/offline-copy.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import { json, refusal, sha256 } from './http.ts'
import type { Handler } from './route.ts'
import { outputOf } from './short-run.ts'

/** `POST /api/backups/offline-copies`: after a newer backup, a person says where the slot's new offline copy is kept (R45). */
export const postOfflineCopies: Handler<'attestOfflineCopy'> = async ({ read, actor, orchestrations }) => {
  const input: OfflineCopyInput = { ...(await read()), by: actor }
  const at = orchestrators.offlineCopy.at(sha256(crypto.randomUUID()).slice(0, 32))
  const outcome = await outputOf(orchestrations, at, input)
  if (outcome.outcome === 'recorded') return json(200, { slot: input.slot, by: actor, at: outcome.at })
  throw refusal({ code: 'both-copies', title: 'One person would keep both copies', detail: outcome.why })
}
