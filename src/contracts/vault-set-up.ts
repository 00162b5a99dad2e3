import type { VaultTask } from '../domain/plan/vault-task.ts'
import type { EvidenceRef, Override } from '../domain/terms/evidence.ts'
import type { Plan } from '../domain/plan/plan.ts'
import type { AnsweredTask } from '../domain/tasks/tasks.ts'

/** Input of the sub-orchestration of one policy × slot. */
export interface VaultSetUpInput {
  readonly task: VaultTask
  /** Who acts for both slots, when it starts. */
  readonly slots: Plan['slots']
}

/** `C`: how the orchestrators keep a change of people. */
export type VaultSetUpOutcome<C = unknown> =
  | {
      readonly outcome: 'completed'
      readonly vaultName: string
      readonly evidence: readonly EvidenceRef[]
      readonly overrides: readonly Override[]
      /** What people answered in this branch. */
      readonly answers: readonly AnsweredTask[]
      /** Operators who left meanwhile; absent: nobody. */
      readonly changes?: readonly C[]
    }
  | { readonly outcome: 'cancelled'; readonly cancelled: AnsweredTask }
