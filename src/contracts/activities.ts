import type { StoredRecord } from '../domain/terms/stored-record.ts'
import type { Told, VaultTask } from '../domain/plan/vault-task.ts'
import type { DrillLook } from '../domain/checks/drill.ts'
import type { EvidenceRef, Finding, Slot } from '../domain/terms/evidence.ts'
import type { HandOffFacts, VaultResult } from '../domain/hand-off/hand-off.ts'
import type { AdoptionInput, AdoptionOutcome } from '../domain/checks/adoption.ts'
import type { CopiesOfSlots, OfflineCopyInput, OfflineCopyOutcome } from '../domain/backups/offline-copy.ts'
import type { KeyBackupOutcome } from '../domain/backups/key-backup.ts'
import type { KeyEvent } from '../domain/backups/key-event.ts'
import type { SlotPlan } from '../domain/plan/plan.ts'
import type { EscalationLetter, Letter } from '../domain/mails/operator-letters.ts'
import type { ReplacedFacts } from '../domain/mails/replaced-email.ts'
import type { Replacement } from '../domain/plan/replacements.ts'
import type { OnboardingRequest } from '../domain/request/request.ts'
import type { SweepBesides, VaultWatch } from '../domain/backups/sweep.ts'
import type { Workload } from '../domain/terms/workloads.ts'
import type { Offer } from '../domain/terms/offer.ts'

/** What checks leave behind: a written batch of evidence, and what did not hold. */
export interface Checked {
  readonly evidence: EvidenceRef
  readonly findings: readonly Finding[]
}

/** Object ids in the tenant, looked up once in preflight. */
export interface Principals {
  /** Of the administrators of both slots, by UPN; a group has its own id (R33). */
  readonly administrators: Readonly<Record<string, string>>
  readonly servicePrincipals: Readonly<Partial<Record<Workload, string>>>
  readonly slotIdentities: Readonly<Record<Slot, string>>
}

/** What verification leaves of one vault, in the records container. */
export interface VaultRecord {
  readonly result: VaultResult
  readonly evidence: readonly EvidenceRef[]
}

/** The facts of a hand-off, those of the vaults by reference. `evidence` is that of the tenant and the subscriptions. */
export interface HandOffParts extends Omit<HandOffFacts, 'vaults'> {
  readonly vaults: readonly StoredRecord[]
}

export interface AliasMailInput extends Told {
  readonly request: OnboardingRequest
  readonly workload: Workload
  readonly offers: readonly Offer[]
  /** Of the registrations in slot 1 and slot 2. */
  readonly states: readonly [string, string]
  /** Who acts in whose place since the request: Microsoft's answers go to those who act now. */
  readonly replaced?: readonly Replacement[]
}

export interface OperatorMail extends Told {
  readonly request: OnboardingRequest
  readonly letter: Letter
  /** Who acts in whose place since the request. */
  readonly replaced?: readonly Replacement[]
}

/** Input and output of every activity, by its registered name. Outputs are JSON and hold no secret. */
export interface Activities {
  'inspect-tenant': {
    input: Told & { request: OnboardingRequest; dryRun: boolean }
    output: Checked & Principals & { licence: string }
  }
  /** Who acts: absent from the directory, or with an object id, and the slots that it stands for. */
  'look-at-person': {
    input: Told & { upn: string; slots: readonly { slot: Slot; parties: readonly string[] }[] }
    output: { objectId?: string; standsFor: readonly Slot[] }
  }
  /**
   * Whether somebody may act for a slot, beside those who stand for the `others`; if so, those whom it concerns are told.
   * `objectId` is empty where nobody was found.
   */
  'check-replacement': {
    input: Told & {
      upn: string
      others: readonly string[]
      told: Omit<ReplacedFacts, 'onboarding' | 'joins' | 'banner'>
    }
    output: Checked & { objectId: string }
  }
  'inspect-subscription': {
    input: Told & { request: OnboardingRequest; slot: Slot; dryRun: boolean }
    output: Checked & { name: string }
  }
  'register-feature': { input: Told & { slot: Slot; subscriptionId: string }; output: Checked & { state: string } }
  'look-at-registration': { input: Told & { slot: Slot; subscriptionId: string }; output: Checked & { state: string } }
  'look-at-slot': { input: Told & { slot: Slot; subscriptionId: string; slotIdentity: string }; output: Checked }
  /** The same look at the state alone, without evidence: a hint for whoever sleeps on it. */
  'poll-registration': { input: Told & { slot: Slot; subscriptionId: string }; output: { state: string } }
  'write-alias-mail': { input: AliasMailInput; output: Checked & { to: string } }
  /** `task`: which asks a person to send it, and names the mail in the records. */
  'write-escalation': {
    input: Omit<OperatorMail, 'letter'> & { letter: EscalationLetter; task: string }
    output: { to: string }
  }
  /** `again`: how often people have said that it is to be sent once more; each time it is another mail. */
  'notify-microsoft': {
    input: AliasMailInput & { again?: number }
    output: Checked & { operationId: string; to: string; state: string; bounced?: Finding }
  }
  'look-at-mail': {
    input: Told & { workload: Workload; operationId: string; to: string }
    output: { state: string; finding?: Finding }
  }
  'mail-operators': { input: OperatorMail; output: { operationId: string } }
  'prepare-slot': {
    input: Told & Pick<SlotPlan, 'slot' | 'subscriptionId' | 'resourceGroup' | 'region'>
    output: { ready: boolean }
  }
  'make-vault': { input: VaultTask; output: { ready: boolean; findings: readonly Finding[] } }
  'grant-permissions': { input: VaultTask; output: Checked }
  /** Whether a person has imported the key. */
  'find-key': { input: VaultTask; output: { there: boolean; findings: readonly Finding[] } }
  /**
   * `mayMend`: an expiration date may be set to the last day. `propagating`: nothing is wrong but that the registration
   * has not reached the key, which time may cure.
   */
  'make-key': { input: VaultTask & { mayMend: boolean }; output: Checked & { propagating: boolean } }
  'back-up-key': { input: VaultTask; output: Checked }
  /** Result and evidence go to the store: history carries where they lie. No record: a finding stood before all was seen. */
  'verify-vault': {
    input: VaultTask & { earlier: readonly EvidenceRef[] }
    output: { record?: StoredRecord; findings: readonly Finding[] }
  }
  /** `name` of the report in the records container, `line` what it says in one line. */
  'report-remains': { input: Told & { request: OnboardingRequest }; output: { name: string; line: string } }
  'write-hand-off': {
    input: Told & { request: OnboardingRequest; facts: HandOffParts }
    output: {
      name: string
      sha256: string
      requirements: Readonly<Record<'proved' | 'attested' | 'shown' | 'open', number>>
    }
  }
  'back-up-changed-key': {
    input: Omit<KeyEvent, 'minute'> & { now: string }
    output: Extract<KeyBackupOutcome, { keys: number }>
  }
  'adopt-vault': { input: AdoptionInput & { now: string }; output: AdoptionOutcome }
  'drill-restore': { input: { vaultName: string; startedAt: string; now: string }; output: DrillLook }
  'record-offline-copy': { input: OfflineCopyInput & { now: string }; output: OfflineCopyOutcome }
  'list-managed-vaults': {
    input: { now: string }
    output: { vaultNames: readonly string[]; copies: CopiesOfSlots } & SweepBesides
  }
  'sweep-vault': { input: { vaultName: string; now: string; copies: CopiesOfSlots }; output: VaultWatch }
  /** Forgets finished short runs made before a moment. */
  'purge-finished': { input: { before: string }; output: { purged: number } }
  /** Wakes an onboarding; it then asks Azure itself. */
  'wake-onboarding': { input: { instance: string; event: string }; output: null }
}

export type ActivityName = keyof Activities
