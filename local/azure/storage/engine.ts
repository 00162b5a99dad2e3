import type { SimulatedRequest, SimulatedResponse } from '../core/service.ts'

/** Carries out a request, with extra headers, in the name of the account itself. */
export type Forward = (
  request: SimulatedRequest,
  headers?: Readonly<Record<string, string>>
) => Promise<SimulatedResponse>

/** What keeps blobs, below the layer that knows identities, policies and the rehearsal's clock. */
export interface BlobEngine {
  readonly forward: Forward
  stop(): Promise<void>
}
