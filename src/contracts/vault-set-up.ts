import type { VaultTask } from '../domain/plan/vault-task.ts'
import type { EvidenceRef, Override } from '../domain/terms/evidence.ts'
import type { Plan } from '../domain/plan/plan.ts'
import type { StoredRecord } from '../domain/terms/stored-record.ts'
import type { AnsweredTask } from '../domain/tasks/said.ts'

/** Input of the orchestration of one policy × slot. */
export interface VaultSetUpInput {
  readonly task: VaultTask
  /** Who acts for both slots by the plan as it was approved: the branch applies all amendments itself, each once. */
  readonly slots: Plan['slots']
  readonly generation: number
}

/** The result of a branch, as its chain keeps it. */
export interface VaultSetUpResult {
  readonly vaultName: string
  readonly evidence: readonly EvidenceRef[]
  readonly overrides: readonly Override[]
  /** What people answered in this branch. */
  readonly answers: readonly AnsweredTask[]
}

/** What the engine keeps of a branch; `superseded`: a newer generation goes on. */
export interface VaultSetUpOutcome {
  readonly outcome: 'completed' | 'cancelled' | 'superseded'
}

/** What all branches together give the onboarding; what was seen of each vault is read where it is needed. */
export interface GatheredBranches {
  readonly overrides: readonly Override[]
  readonly answers: readonly AnsweredTask[]
  /** Where the result of each branch lies, by vault name. */
  readonly results: Readonly<Record<string, StoredRecord>>
}
