import { join } from 'node:path'
import { seedFor } from '../../local/azure/seed.ts'
import { startSimulatedAzure, type SimulatedAzure } from '../../local/azure/start.ts'
import type { Evidence } from '../../src/domain/terms/evidence.ts'
import { evidenceBatch } from '../../local/rehearsal/evidence-batch.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import type { Report } from './rehearsal-process.ts'

/** The Azure that a rehearsal with `--keep` left behind, to be looked into as its administrator would. */
export const keptAzure = (folder: string, request: OnboardingRequest): Promise<SimulatedAzure> =>
  startSimulatedAzure({ stateDir: join(folder, 'azure'), seed: seedFor(request), clock: { mode: 'skip' } })

/** Every record of every batch that the report names, read from the stores; a batch must be the one that was written. */
export async function evidenceIn(azure: SimulatedAzure, { evidence }: Report): Promise<Map<string, Evidence>> {
  const records = new Map<string, Evidence>()
  for (const each of evidence) {
    ;(await evidenceBatch(azure, each)).forEach((record, index) => records.set(`${each.name}#${String(index)}`, record))
  }
  return records
}
