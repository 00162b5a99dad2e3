import type { Offer } from '../terms/offer.ts'
import type { Purpose } from '../terms/choices.ts'
import type { EvidenceRef, Override } from '../terms/evidence.ts'
import { advice, type Advice } from './hand-off-advice.ts'
import { policyCommands, validateCommand, type Command } from './policy-commands.ts'
import type { Plan } from '../plan/plan.ts'
import type { Registration } from '../state/state.ts'
import {
  requirementCounts,
  requirementReport,
  type RequirementCounts,
  type RequirementStatus
} from './requirement-report.ts'
import { handOffLinesOf, type Answer } from '../tasks/answers.ts'
import { lineOf, type AnsweredTask, type OfflineCopyLine, type ReplacedPerson, type SaidLine } from '../tasks/said.ts'
import { kindOf } from '../tasks/task-kinds.ts'
import type { VaultResult } from './vault-result.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

export type { VaultResult }

/** What an onboarding gathered on its way, and all the hand-off needs beside the plan. */
export interface HandOffFacts {
  readonly offers: readonly Offer[]
  readonly registration: Registration
  readonly answers: readonly Answer[]
  /** What people answered while single vaults were set up. */
  readonly vaultAnswers: readonly AnsweredTask[]
  readonly vaults: readonly VaultResult[]
  readonly evidence: readonly EvidenceRef[]
  readonly overrides: readonly Override[]
}

export interface HandOffInput {
  readonly plan: Plan
  readonly facts: HandOffFacts
  /** ISO 8601 UTC */
  readonly at: string
  /** e.g. `REHEARSAL`: shown on top. */
  readonly banner?: string | undefined
}

/** The final document: what was made, who answered for it, what to do next, and where the evidence lies (R46, R47). */
export interface HandOff {
  readonly banner?: string
  readonly onboarding: string
  readonly purpose: Purpose
  readonly organization: Plan['organization']
  readonly writtenAt: string
  readonly planDigest: string
  readonly policies: readonly HandOffPolicy[]
  readonly officers: readonly Offer[]
  readonly approvals: readonly SaidLine[]
  readonly offlineCopies: readonly OfflineCopyLine[]
  /** What people did for single vaults, e.g. imported a key. */
  readonly vaultTasks: readonly SaidLine[]
  readonly registration: Registration
  readonly advice: Advice
  /** Operators and officers who left, and who took their place. */
  readonly replacements: readonly ReplacedPerson[]
  readonly overrides: readonly Override[]
  readonly requirements: readonly RequirementStatus[]
  readonly counts: RequirementCounts
  readonly evidence: readonly EvidenceRef[]
}

export interface HandOffPolicy {
  readonly id: string
  readonly workload: Workload
  readonly title: string
  /** Slot 1 first. */
  readonly vaults: readonly VaultResult[]
  /** Microsoft's own check of the pair; absent where it serves the workload not at all. */
  readonly validate?: Command
  readonly commands: readonly Command[]
}

export function handOff({ plan, facts, at, banner }: HandOffInput): HandOff {
  const { evidence, overrides, answers, offers, registration } = facts
  const said = answers.map((answer) => handOffLinesOf(answer))
  const requirements = requirementReport({ plan, evidence, overrides, tasks: answers })
  return {
    ...(banner === undefined ? {} : { banner }),
    onboarding: plan.id,
    purpose: plan.purpose,
    organization: plan.organization,
    writtenAt: at,
    planDigest: plan.digest,
    policies: plan.policies.map((policy) => handOffPolicy(plan, policy, facts.vaults)),
    officers: offers.map(officersOf),
    approvals: said.flatMap((lines) => lines.approvals ?? []),
    offlineCopies: said.flatMap((lines) => lines.offlineCopies ?? []),
    vaultTasks: facts.vaultAnswers.filter(({ task }) => kindOf(task).ofVault).map(lineOf),
    registration,
    advice: advice(plan),
    replacements: said.flatMap((lines) => lines.replacements ?? []),
    overrides,
    requirements,
    counts: requirementCounts(requirements),
    evidence
  }
}

function handOffPolicy(plan: Plan, policy: Plan['policies'][number], all: readonly VaultResult[]): HandOffPolicy {
  const vaults = all.filter((vault) => vault.policy === policy.id).sort((a, b) => a.slot - b.slot)
  const [first, second] = vaults
  if (first === undefined || second === undefined) {
    throw new Error(`Policy ${policy.id} has ${vaults.length} verified vaults. Verify both before handing off.`)
  }
  const validate = validateCommand(plan.organization.tenantId, first, second)
  return {
    id: policy.id,
    workload: policy.workload,
    title: workloads[policy.workload].title,
    vaults,
    ...(validate === undefined ? {} : { validate }),
    commands: policyCommands(policy, first, second)
  }
}

const officersOf = ({ workload, requestId, officers, submittedBy, at }: Offer): Offer => ({
  workload,
  requestId,
  officers,
  submittedBy,
  at
})
