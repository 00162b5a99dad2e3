import type { KeyBackupOutcome } from '../domain/backups/key-backup.ts'
import type { KeyEvent } from '../domain/backups/key-event.ts'
import type { OfflineCopyInput, OfflineCopyOutcome } from '../domain/backups/offline-copy.ts'
import type { SweepReport } from '../domain/backups/sweep.ts'
import type { AdoptionInput, AdoptionOutcome } from '../domain/backups/adoption.ts'
import type { DrillReport } from '../domain/backups/drill.ts'
import type { ReminderInput } from '../domain/mails/operator-letters.ts'
import type { OnboardingStatus } from '../domain/state/status.ts'
import { policyKey, type BranchKey } from '../domain/ledger/chains.ts'
import type { Finding } from '../domain/terms/evidence.ts'
import type { OnboardingRequest } from '../domain/request/request.ts'
import type { DraftPlan, Plan, PlanRef } from '../domain/plan/plan.ts'
import type { AnsweredTask } from '../domain/tasks/said.ts'
import type { LetterInput, LetterOutcome, MinuteMailsInput } from './letters.ts'
import { orchestration } from './orchestration.ts'
import type { RegistrationPollingInput } from './registration-polling.ts'
import type { VaultSetUpInput, VaultSetUpOutcome } from './vault-set-up.ts'

/** Input of the onboarding orchestrator: all it will ever know without asking Azure or a person. */
export interface OnboardingInput {
  readonly requestId: string
  readonly request: OnboardingRequest
  readonly plan: Plan
  /** Where the plan lies, for all work that must have it. */
  readonly planRef: PlanRef
  readonly startedBy: string
  /** Of the instances that carry it: a new one goes on from the ledger. */
  readonly generation: number
}

/** Input of the short orchestration behind `POST /api/plans`. */
export interface PlanPreflightInput {
  /** As it was sent: who reads the plan may start it, or change the request. */
  readonly request: OnboardingRequest
  readonly plan: Plan | DraftPlan
}

export interface PlanPreflightOutput {
  readonly findings: readonly Finding[]
  readonly warnings: readonly string[]
}

export interface HandOffReceipt {
  /** Blob name of the JSON document; the Markdown lies beside it. */
  readonly name: string
  readonly sha256: string
}

/** `superseded`: a newer generation carries the onboarding on. */
export type OnboardingOutcome =
  | { readonly outcome: 'completed'; readonly handOff: HandOffReceipt }
  | { readonly outcome: 'cancelled'; readonly cancelled: AnsweredTask }
  | { readonly outcome: 'superseded' }

/** A sweep takes along what the one before it saw: its own output comes when it has ended, and replaces that one's. */
export interface SweepInput {
  readonly previous?: SweepReport
}

/**
 * Every orchestration: the one list. One without code in `src/orchestrators/orchestrators.ts`, or with code that takes or gives
 * something else, does not compile.
 */
export const orchestrators = {
  onboarding: orchestration<
    OnboardingInput,
    OnboardingOutcome,
    OnboardingStatus,
    [requestId: string, ...later: string[]]
  >('onboarding'),
  vaultSetUp: orchestration<
    VaultSetUpInput,
    VaultSetUpOutcome,
    OnboardingStatus,
    [requestId: string, policy: string, slot: string, ...later: string[]]
  >('vault-set-up', { prefix: 'branch' }),
  planPreflight: orchestration<PlanPreflightInput, PlanPreflightOutput, null, [nonce: string]>('plan-preflight', {
    isShort: true
  }),
  vaultAdoption: orchestration<AdoptionInput, AdoptionOutcome, null, [vault: string]>('vault-adoption', {
    isShort: true
  }),
  offlineCopy: orchestration<OfflineCopyInput, OfflineCopyOutcome, null, [nonce: string]>('offline-copy', {
    isShort: true
  }),
  letter: orchestration<LetterInput, LetterOutcome, null, [requestId: string, hash: string]>('letter', {
    isShort: true
  }),
  minuteMails: orchestration<MinuteMailsInput, { letters: number }, null, [requestId: string, minute: string]>(
    'minute-mails',
    { isShort: true }
  ),
  keyBackup: orchestration<KeyEvent, KeyBackupOutcome, null, [hash: string]>('key-backup', { isShort: true }),
  /** One in each task hub; `mark` is made up, and tells it from every other. */
  hubMark: orchestration<{ readonly mark: string }, object>('hub-mark'),
  registrationPolling: orchestration<RegistrationPollingInput, { woken: number }>('registration-polling'),
  sweep: orchestration<SweepInput, SweepReport>('sweep'),
  purge: orchestration<object, { purged: number }>('purge'),
  restoreDrill: orchestration<object, DrillReport>('restore-drill'),
  operatorReminders: orchestration<ReminderInput, { failed: string[] }>('operator-reminders')
}

/** What an orchestration takes and gives, by its key in the list. */
export type Orchestrators = typeof orchestrators

/** The instances of an onboarding: one for each generation, whose id is that of its chain with the number behind it. */
export const onboardingAt = (requestId: string, generation: number) =>
  orchestrators.onboarding.at(requestId, ...laterKey(generation))

/** The instances of one vault's set-up, in the same manner. */
export const branchAt = (requestId: string, { policy, slot }: BranchKey, generation: number) =>
  orchestrators.vaultSetUp.at(requestId, policyKey(policy), String(slot), ...laterKey(generation))

const laterKey = (generation: number): string[] => (generation === 1 ? [] : [`g${String(generation)}`])
