import type { Azure } from '../azure/connect.ts'
import type { CheckOutcome } from '../contracts/activities.ts'
import type { CheckResults } from '../domain/checks/checks.ts'
import { joined } from '../domain/checks/checks.ts'
import { writeEvidence, noEvidence, type EvidencePlace } from '../records/evidence.ts'

/** Keeps the evidence of some checks and returns what did not hold. A dry run keeps nothing. */
export async function checked(
  azure: Azure,
  place: EvidencePlace & { readonly dryRun?: boolean },
  results: readonly CheckResults[]
): Promise<CheckOutcome> {
  const { evidence, findings } = joined(results)
  return { evidence: place.dryRun ? noEvidence(place.store) : await writeEvidence(azure, place, evidence), findings }
}
