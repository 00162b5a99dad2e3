import type { BySlot } from '../domain/terms/by-slot.ts'
import type { SendTask } from '../domain/tasks/send.ts'
import type { StoredRecord } from '../domain/terms/stored-record.ts'
import type { OfPlan, Occasion, VaultTask } from '../domain/plan/vault-task.ts'
import type { DrillLook } from '../domain/backups/drill.ts'
import type { EvidenceRef, Finding, Slot } from '../domain/terms/evidence.ts'
import type { HandOffFacts } from '../domain/hand-off/hand-off.ts'
import type { AdoptionInput, AdoptionOutcome } from '../domain/backups/adoption.ts'
import type { CopiesOfSlots, OfflineCopyInput, OfflineCopyOutcome } from '../domain/backups/offline-copy.ts'
import type { KeyBackupOutcome } from '../domain/backups/key-backup.ts'
import type { KeyEvent } from '../domain/backups/key-event.ts'
import type { DraftPlan, Plan, SlotPlan } from '../domain/plan/plan.ts'
import type { EscalationLetter, Letter } from '../domain/mails/operator-letters.ts'
import type { ReplacementFacts } from '../domain/mails/replaced-email.ts'
import type { Replacement } from '../domain/plan/replacements.ts'
import type { SweepBesides, VaultWatch } from '../domain/backups/sweep.ts'
import type { Workload } from '../domain/terms/workloads.ts'
import type { Offer } from '../domain/terms/offer.ts'

/** What checks leave behind: a written batch of evidence, and what did not hold. */
export interface CheckOutcome {
  readonly evidence: EvidenceRef
  readonly findings: readonly Finding[]
}

/** Azure's words about what it has not ended yet; absent once it has. */
export interface NotYet {
  readonly notYet?: string
}

/** Object ids in the tenant, looked up once in preflight. */
export interface Principals {
  /** Of the administrators of both slots, by UPN; a group has its own id (R33). */
  readonly administrators: Readonly<Record<string, string>>
  readonly servicePrincipals: Readonly<Partial<Record<Workload, string>>>
  readonly slotIdentities: BySlot<string>
}

/** The facts of a hand-off, those of the vaults by reference. `evidence` is that of the tenant and the subscriptions. */
export interface HandOffParts extends Omit<HandOffFacts, 'vaults'> {
  readonly vaults: readonly StoredRecord[]
}

export interface AliasMailInput extends OfPlan {
  readonly workload: Workload
  readonly offers: readonly Offer[]
  /** Of the registrations in slot 1 and slot 2. */
  readonly states: BySlot<string>
  /** Who acts in whose place since the request: Microsoft's answers go to those who act now. */
  readonly replaced?: readonly Replacement[]
}

/** What preflight looks by: the plan of an onboarding, or one that nobody has approved: then it leaves no evidence. */
export type WorkedBy = Pick<OfPlan, 'plan'> | { readonly draft: Plan | DraftPlan }

export interface OperatorMail extends OfPlan {
  readonly letter: Letter
  /** Who acts in whose place since the request. */
  readonly replaced?: readonly Replacement[]
}

/** What an activity takes and gives, by the compiler alone: nothing of it is there when the app runs. */
interface Shapes<Input, Output> {
  readonly shapes?: { readonly input: Input; readonly output: Output }
}

const activity = <Input extends object, Output>(): Shapes<Input, Output> => ({})

/**
 * Every activity by its registered name, with its input and output. Outputs are JSON and hold no secret. The one list: what
 * registers them, makes them and calls them is typed by it.
 */
export const stepActivities = {
  'inspect-tenant': activity<Occasion & WorkedBy, CheckOutcome & Principals & { licence: string }>(),
  /** Who acts: absent from the directory, or with an object id, and the slots that it stands for. */
  'look-at-person': activity<
    Occasion & { upn: string; slots: readonly { slot: Slot; parties: readonly string[] }[] },
    { objectId?: string; standsFor: readonly Slot[] }
  >(),
  /**
   * Whether somebody may act for a slot, beside those who stand for the `others`; if so, those whom it concerns are told.
   * `objectId` is absent where nobody was found.
   */
  'check-replacement': activity<
    Occasion & {
      upn: string
      others: readonly string[]
      told: Omit<ReplacementFacts, 'onboarding' | 'joins' | 'banner'>
    },
    CheckOutcome & { objectId?: string }
  >(),
  'inspect-subscription': activity<Occasion & WorkedBy & { slot: Slot }, CheckOutcome & { name: string }>(),
  'register-feature': activity<Occasion & { slot: Slot; subscriptionId: string }, CheckOutcome & { state: string }>(),
  'look-at-registration': activity<
    Occasion & { slot: Slot; subscriptionId: string },
    CheckOutcome & { state: string }
  >(),
  'look-at-slot': activity<Occasion & { slot: Slot; subscriptionId: string; slotIdentity: string }, CheckOutcome>(),
  /** The same look at the state alone, without evidence: a hint for whoever sleeps on it. */
  'poll-registration': activity<Occasion & { slot: Slot; subscriptionId: string }, { state: string }>(),
  'write-alias-mail': activity<AliasMailInput, CheckOutcome & { to: string }>(),
  /** `task`: which asks a person to send it, and names the mail in the records. */
  'write-escalation': activity<
    Omit<OperatorMail, 'letter'> & { letter: EscalationLetter; task: SendTask },
    { to: string }
  >(),
  /** `again`: how often people have said that it is to be sent once more; each time it is another mail. */
  'notify-microsoft': activity<
    AliasMailInput & { again?: number },
    CheckOutcome & { operationId: string; to: string; state: string; bounced?: Finding }
  >(),
  'look-at-mail': activity<
    Occasion & { workload: Workload; operationId: string; to: string },
    NotYet & { finding?: Finding }
  >(),
  'mail-operators': activity<OperatorMail, { operationId: string }>(),
  'prepare-slot': activity<OfPlan & Pick<SlotPlan, 'slot' | 'subscriptionId' | 'resourceGroup' | 'region'>, NotYet>(),
  'make-vault': activity<VaultTask, NotYet & { findings: readonly Finding[] }>(),
  'grant-permissions': activity<VaultTask, CheckOutcome>(),
  /** Whether a person has imported the key. */
  'find-key': activity<VaultTask, { there: boolean; findings: readonly Finding[] }>(),
  /**
   * `mayMend`: an expiration date may be set to the last day. `propagating`: nothing is wrong but that the registration
   * has not reached the key, which time may cure.
   */
  'make-key': activity<VaultTask & { mayMend: boolean }, CheckOutcome & { propagating: boolean }>(),
  /** `notYet`: of Event Grid; the backup is there. */
  'back-up-key': activity<VaultTask, CheckOutcome & NotYet>(),
  /** Result and evidence go to the store: history carries where they lie. No record: a finding stood before all was seen. */
  'verify-vault': activity<
    VaultTask & { earlier: readonly EvidenceRef[] },
    { record?: StoredRecord; findings: readonly Finding[] }
  >(),
  /** `name` of the report in the records container, `line` what it says in one line. */
  'report-remains': activity<OfPlan, { name: string; line: string }>(),
  'write-hand-off': activity<
    OfPlan & { facts: HandOffParts },
    {
      name: string
      sha256: string
      requirements: Readonly<Record<'proved' | 'attested' | 'shown' | 'open', number>>
    }
  >(),
  'back-up-changed-key': activity<
    Omit<KeyEvent, 'minute'> & { now: string },
    Extract<KeyBackupOutcome, { keys: number }>
  >(),
  'adopt-vault': activity<AdoptionInput & { now: string }, AdoptionOutcome>(),
  'drill-restore': activity<{ vaultName: string; startedAt: string; now: string }, DrillLook>(),
  'record-offline-copy': activity<OfflineCopyInput & { now: string }, OfflineCopyOutcome>(),
  'list-managed-vaults': activity<
    { now: string },
    { vaultNames: readonly string[]; copies: CopiesOfSlots } & SweepBesides
  >(),
  'sweep-vault': activity<{ vaultName: string; now: string; copies: CopiesOfSlots }, VaultWatch>()
}

/** Those that ask the engine instead of Azure. */
export const engineActivities = {
  /** Forgets finished short runs made before a moment. */
  'purge-finished': activity<{ before: string }, { purged: number }>(),
  /** Wakes an onboarding; it then asks Azure itself. */
  'wake-onboarding': activity<{ instance: string; event: string }, null>()
}

type Every = typeof stepActivities & typeof engineActivities

export type Activities = { readonly [N in keyof Every]: NonNullable<Every[N]['shapes']> }

export type ActivityName = keyof Activities
export type StepActivityName = keyof typeof stepActivities
export type EngineActivityName = keyof typeof engineActivities
