import { wasThere } from '../checks/kept-key.ts'
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
  type Escalation,
  type ShownTo,
  type RequirementCounts,
  type RequirementStatus
} from './requirement-report.ts'
import type { OfflineCopy } from '../backups/offline-copy.ts'
import { answersTo, handOffLinesOf, type Answer } from '../tasks/answers.ts'
import {
  lineOf,
  type AnsweredTask,
  type MicrosoftWord,
  type OfflineCopyLine,
  type ReplacedPerson,
  type SaidLine
} from '../tasks/said.ts'
import { kindOf } from '../tasks/task-kinds.ts'
import { planNow, type Replacement } from '../plan/replacements.ts'
import type { SeenRecord } from './seen-facts.ts'
import type { VaultResult } from './vault-result.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

export type { VaultResult }

/** What an onboarding gathered on its way, and all the hand-off needs beside the plan. */
export interface HandOffFacts {
  readonly offers: readonly Offer[]
  readonly registration: Registration
  readonly answers: readonly Answer[]
  /** Who acts in whose place since the request: evidence of the hand-off is about those who act now. */
  readonly replaced: readonly Replacement[]
  /** Offline copies that were attested after those that an answer speaks of, since keys were backed up again. */
  readonly laterCopies: readonly OfflineCopy[]
  /** What people answered while single vaults were set up. */
  readonly vaultAnswers: readonly AnsweredTask[]
  readonly vaults: readonly VaultResult[]
  readonly evidence: readonly EvidenceRef[]
  /** What else was observed on the way, e.g. what a finding was made of: nothing is proved by it. */
  readonly otherBatches: readonly BatchName[]
  /** What stands in these batches. */
  readonly records: readonly SeenRecord[]
  /** ISO 8601 UTC: when the look before the hand-off began. */
  readonly verifiedSince: string
  readonly escalations: readonly Escalation[]
  /** To whom the plan was shown. */
  readonly shown: readonly ShownTo[]
  readonly overrides: readonly Override[]
}

/** A batch of evidence by where it lies; its name ends with the start of its digest. */
export type BatchName = Pick<EvidenceRef, 'store' | 'name'>

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
  /** When the look began that everything proved at the hand-off was seen in. */
  readonly verifiedSince: string
  readonly planDigest: string
  readonly policies: readonly HandOffPolicy[]
  readonly officers: readonly HandOffOffer[]
  readonly approvals: readonly SaidLine[]
  readonly offlineCopies: readonly OfflineCopyLine[]
  /** What people did for single vaults, e.g. imported a key. */
  readonly vaultTasks: readonly SaidLine[]
  readonly registration: Registration
  readonly advice: Advice
  /** Operators and officers who left, and who took their place. */
  readonly replacements: readonly ReplacedPerson[]
  /** What Microsoft answered to the mails, with its reference numbers; absent in hand-offs of before 0.2. */
  readonly microsoft?: readonly MicrosoftWord[]
  readonly overrides: readonly Override[]
  readonly requirements: readonly RequirementStatus[]
  readonly counts: RequirementCounts
  readonly evidence: readonly EvidenceRef[]
  /** All batches that were there beside them: nothing else was observed, and nothing is proved by these. */
  readonly otherBatches: readonly BatchName[]
}

/** An offer that people submitted, as they said. */
interface HandOffOffer extends Omit<Offer, 'signedInAs' | 'chosenOffer'> {
  readonly signedInAs?: string
  readonly chosenOffer?: string
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
  const { evidence, otherBatches, overrides, answers, offers, registration } = facts
  const said = answers.map((answer) => handOffLinesOf(answer))
  const requirements = requirementReport({
    plan: planNow(plan, facts.replaced),
    vaults: facts.vaults,
    records: facts.records,
    since: facts.verifiedSince,
    escalations: facts.escalations,
    shown: facts.shown,
    tasks: answers,
    laterCopies: facts.laterCopies,
    overrides
  })
  return {
    ...(banner === undefined ? {} : { banner }),
    onboarding: plan.id,
    purpose: plan.purpose,
    organization: plan.organization,
    writtenAt: at,
    verifiedSince: facts.verifiedSince,
    planDigest: plan.digest,
    policies: plan.policies.map((policy) => handOffPolicy(plan, policy, facts.vaults)),
    officers: offers.map(officersOf),
    approvals: said.flatMap((lines) => lines.approvals ?? []),
    offlineCopies: copiesIn(facts),
    vaultTasks: facts.vaultAnswers.filter(({ task }) => kindOf(task).ofVault).map(lineOf),
    registration,
    advice: advice(plan),
    replacements: said.flatMap((lines) => lines.replacements ?? []),
    microsoft: said.flatMap((lines) => lines.microsoft ?? []),
    overrides,
    requirements,
    counts: requirementCounts(requirements),
    evidence,
    otherBatches
  }
}

/** What was attested of a slot was said of the backups that were there by then. */
const copiesIn = ({ answers, laterCopies, vaults }: HandOffFacts): OfflineCopyLine[] =>
  [
    ...answersTo(answers, 'attest-offline').map(({ task: { slot }, answer: { location }, by, at }) => ({
      slot,
      location,
      by,
      at
    })),
    ...laterCopies
  ].map(({ slot, location, by, at }) => {
    const covered = vaults.filter(
      ({ slot: of, backup }) => of === slot && backup.at !== undefined && wasThere(backup.at, at)
    )
    return {
      ...lineOf({ task: { kind: 'attest-offline', slot }, by, at }),
      location,
      covers: covered.map(({ keyId }) => keyId)
    }
  })

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

/** Without what only the story needs of it. */
const officersOf = ({
  workload,
  requestId,
  officers,
  signedInAs,
  chosenOffer,
  submittedBy,
  at
}: Offer): HandOffOffer => ({
  workload,
  requestId,
  officers,
  ...(signedInAs !== undefined && { signedInAs }),
  ...(chosenOffer !== undefined && { chosenOffer }),
  submittedBy,
  at
})
