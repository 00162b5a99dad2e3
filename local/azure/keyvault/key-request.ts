import type { SimulatedRequest, Surroundings } from '../core/service.ts'
import type { View } from './key-bundle.ts'

/** A request to a key whose caller has been found permitted. */
export interface KeyRequest {
  readonly request: SimulatedRequest
  /** As the path spells it; empty where it names no key. */
  readonly name: string
  readonly version: string | undefined
  readonly view: View
  readonly around: Surroundings
}
