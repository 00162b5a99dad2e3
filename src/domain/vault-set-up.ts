import type { VaultTask } from './activity-contracts.ts'
import type { EvidenceRef, Override } from './evidence.ts'
import type { AnsweredTask } from './tasks.ts'

/** Input of the sub-orchestration of one policy × slot. */
export interface VaultSetUpInput {
  readonly task: VaultTask
}

export type VaultSetUpOutcome =
  | {
      readonly outcome: 'completed'
      readonly vaultName: string
      readonly evidence: readonly EvidenceRef[]
      readonly overrides: readonly Override[]
      /** What people answered in this branch. */
      readonly answers: readonly AnsweredTask[]
    }
  | { readonly outcome: 'cancelled'; readonly cancelled: AnsweredTask }
