import type { VaultTask } from '../domain/plan/vault-task.ts'
import type { EvidenceRef, Override } from '../domain/terms/evidence.ts'
import type { Plan } from '../domain/plan/plan.ts'
import type { Replacement } from '../domain/plan/replacements.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import type { AnsweredTask } from '../domain/tasks/said.ts'

/** Input of the sub-orchestration of one policy × slot. */
export interface VaultSetUpInput {
  readonly task: VaultTask
  /** Who acts for both slots, when it starts. */
  readonly slots: Plan['slots']
}

/** One answer that was taken, and what was seen of the person. */
export interface OperatorChange extends Replacement {
  readonly objectId: string
  readonly evidence: EvidenceRef
  readonly answered: Answer<'replace-operator'>
}

export type VaultSetUpOutcome =
  | {
      readonly outcome: 'completed'
      readonly vaultName: string
      readonly evidence: readonly EvidenceRef[]
      readonly overrides: readonly Override[]
      /** What people answered in this branch. */
      readonly answers: readonly AnsweredTask[]
      /** Operators who left meanwhile; absent: nobody. */
      readonly changes?: readonly OperatorChange[]
    }
  | { readonly outcome: 'cancelled'; readonly cancelled: AnsweredTask }
