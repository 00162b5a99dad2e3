import { createHash } from 'node:crypto'
import type { Evidence, EvidenceRef, Identity } from '../../src/domain/terms/evidence.ts'
import type { ReachableAzure } from '../azure/start.ts'

/** The records of a batch as they lie in the store. Throws where it is not there, or is not what was written. */
export async function evidenceBatch(azure: ReachableAzure, { store, name, sha256 }: EvidenceRef): Promise<Evidence[]> {
  const [account, container] = placeOf(azure, store)
  const bytes = await azure.readBlob(account, container, name)
  if (!bytes) throw new Error(`There is no ${name} in ${account}/${container}.`)
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`${name} is not what was written.`)
  return JSON.parse(bytes.toString()) as Evidence[] // whose digest the app has told
}

function placeOf({ seed: { storage } }: ReachableAzure, store: Identity): [account: string, container: string] {
  if (store === 'app') return [storage.records.name, 'records']
  const account = storage.slots[store === 'slot-1' ? 0 : 1]
  if (!account) throw new Error(`There is no store of ${store}.`)
  return [account.name, 'evidence']
}
