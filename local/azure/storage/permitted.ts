import type { SimulatedRequest, Surroundings } from '../core/service.ts'
import type { StorageContainerSeed } from './accounts.ts'
import type { Forward } from './engine.ts'
import type { Verdict } from './judge.ts'
import type { StorageOperation } from './operations.ts'
import type { BlobAddress } from './worm.ts'

export interface StorageUse {
  readonly request: SimulatedRequest
  readonly operation: StorageOperation
  readonly container: StorageContainerSeed | undefined
  readonly address: BlobAddress
  readonly verdict: Verdict
  readonly around: Surroundings
  readonly forward: Forward
}
