import type { Stores } from '../contracts/record-store.ts'
import { canonicalJson } from '../domain/terms/digest.ts'
import type { Evidence, EvidenceRef, Identity } from '../domain/terms/evidence.ts'
import { sha256 } from './digests.ts'

/** Where a batch of evidence belongs. */
export interface EvidencePlace {
  readonly store: Identity
  readonly onboarding: string
  /** What was looked at, e.g. `preflight/slot-1`. */
  readonly step: string
}

/**
 * Writes one batch under a name of its own content: a step that runs twice leaves both observations, and never
 * overwrites one. The records of the identity `app` lie in `records`, a slot's in its immutable `evidence`.
 */
export async function keepEvidence(
  stores: Stores,
  place: EvidencePlace,
  batch: readonly Evidence[]
): Promise<EvidenceRef> {
  const content = canonicalJson(batch)
  const digest = sha256(content)
  const name = `${place.onboarding}/${place.step}/${digest.slice(0, 12)}.json`
  const container = place.store === 'app' ? 'records' : 'evidence'
  const bytes = new TextEncoder().encode(content)
  await stores.store(place.store).putNew({ container, name }, { bytes, contentType: 'application/json' })
  return { store: place.store, name, sha256: digest, requirements: batch.map((each) => each.requirement) }
}

/** What a dry run gives instead: nothing was written. */
export const noEvidence = (store: Identity): EvidenceRef => ({ store, name: '', sha256: '', requirements: [] })
