import { join } from 'node:path'
import { seedFor } from '../../local/azure/seed.ts'
import { startSimulatedAzure, type SimulatedAzure } from '../../local/azure/start.ts'
import type { Evidence, Identity } from '../../src/domain/evidence.ts'
import type { OnboardingRequest } from '../../src/domain/request.ts'
import { sha256 } from '../../src/triggers/http.ts'
import type { Report } from './rehearsal-process.ts'

/** The Azure that a rehearsal with `--keep` left behind, to be looked into as its administrator would. */
export const keptAzure = (folder: string, request: OnboardingRequest): Promise<SimulatedAzure> =>
  startSimulatedAzure({ stateDir: join(folder, 'azure'), seed: seedFor(request), clock: { mode: 'skip' } })

/** Every record of every batch that the report names, read from the stores; a batch must be the one that was written. */
export async function evidenceIn(azure: SimulatedAzure, { evidence }: Report): Promise<Map<string, Evidence>> {
  const records = new Map<string, Evidence>()
  for (const { store, name, sha256: digest } of evidence) {
    const [account, container] = placeOf(azure, store)
    const bytes = await azure.readBlob(account, container, name)
    if (!bytes) throw new Error(`There is no ${name} in ${account}/${container}.`)
    if (sha256(bytes.toString()) !== digest) throw new Error(`${name} is not what was written.`)
    const batch = JSON.parse(bytes.toString()) as Evidence[]
    batch.forEach((record, index) => records.set(`${name}#${String(index)}`, record))
  }
  return records
}

function placeOf({ seed: { storage } }: SimulatedAzure, store: Identity): [account: string, container: string] {
  if (store === 'app') return [storage.records.name, 'records']
  const account = storage.slots[store === 'slot-1' ? 0 : 1]
  if (!account) throw new Error(`There is no store of ${store}.`)
  return [account.name, 'evidence']
}
