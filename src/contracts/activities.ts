import type { BySlot } from '../domain/terms/by-slot.ts'
import type { SendTask } from '../domain/tasks/send.ts'
import type { StoredRecord } from '../domain/terms/stored-record.ts'
import type { OfPlan, Occasion, VaultTask } from '../domain/plan/vault-task.ts'
import type { DrillLook } from '../domain/backups/drill.ts'
import type { Fact } from '../domain/state/fact.ts'
import type { StepName } from '../domain/state/chapters.ts'
import type { OwnersWord } from '../domain/ledger/amendment.ts'
import type { WhoChanged } from '../domain/ledger/who-changed.ts'
import type { Amendment, Heard, OfLedger, Recalled, Verdict } from './ledger.ts'
import type { LetterInput } from './letters.ts'
import type { GatheredBranches, VaultSetUpInput } from './vault-set-up.ts'
import type { EvidenceRef, Finding, Slot } from '../domain/terms/evidence.ts'
import type { HandOffFacts } from '../domain/hand-off/hand-off.ts'
import type { RequirementCounts } from '../domain/hand-off/requirement-report.ts'
import type { AdoptionInput, AdoptionOutcome } from '../domain/backups/adoption.ts'
import type { CopiesOfSlots, OfflineCopyInput, OfflineCopyOutcome } from '../domain/backups/offline-copy.ts'
import type { KeyBackupOutcome } from '../domain/backups/key-backup.ts'
import type { KeyEvent } from '../domain/backups/key-event.ts'
import type { DraftPlan, Plan, SlotPlan } from '../domain/plan/plan.ts'
import type { EscalationLetter, OperatorLetter } from '../domain/mails/operator-letters.ts'
import type { SendState } from './mail-service.ts'
import type { SlaRules } from '../domain/calendar/sla.ts'
import type { Weighed } from '../domain/people/standing.ts'
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
export interface HandOffParts
  extends Omit<HandOffFacts, 'vaults' | 'records' | 'otherBatches' | 'shown' | 'laterCopies' | 'escalations'> {
  readonly vaults: readonly StoredRecord[]
  /** How many escalations were due to each alias (R25). */
  readonly escalationsOwed: number
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

/** What preflight has looked at is read again before the hand-off, with those who act by now. */
export interface LookAgain {
  readonly step?: 'verification'
  readonly replaced?: readonly Replacement[]
}

export interface OperatorMail extends OfPlan {
  readonly letter: OperatorLetter
  /** Who acts in whose place since the request. */
  readonly replaced?: readonly Replacement[]
}

/** A letter that the mail service has taken. `before`: it had it already when it was asked. */
export interface HandedOver {
  readonly operationId: string
  /** ISO 8601 UTC: when it was handed over first. */
  readonly sentAt: string
  readonly before: boolean
}

/**
 * What an activity takes and gives, by the compiler alone, and what it does to Azure: what a halt or an end of the onboarding
 * must be asked before (docs: LEDGER in `src/domain/ledger`).
 */
interface Shapes<Input, Output> {
  readonly shapes?: { readonly input: Input; readonly output: Output }
  readonly effect?: Effect<Input>
}

/** `writes`: looks whether it still may. `intent`: cannot be undone, so it says first what it is about to do, by this id. */
type Effect<Input> = 'writes' | { readonly intent: (input: Input) => string }

const activity = <Input extends object, Output>(effect?: Effect<Input>): Shapes<Input, Output> =>
  effect === undefined ? {} : { effect }

/**
 * Every activity by its registered name, with its input and output. Outputs are JSON and hold no secret. The one list: what
 * registers them, makes them and calls them is typed by it.
 */
export const stepActivities = {
  /** `warnings`: what nothing stops at, and people should know. */
  'inspect-tenant': activity<
    Occasion & WorkedBy & LookAgain,
    CheckOutcome & Principals & { licence: string; warnings: readonly string[] }
  >(),
  /** Whether an answer of the own chain counts from whoever gave it, as the directory has them now. `by`: a name for readers. */
  'weigh-answer': activity<OfPlan & OfLedger & { answer: string; by: string }, Weighed>(),
  /** Who could say the second word to what is proposed, by its id: how many Custodians; where there is none, an Owner's word. */
  'look-for-second-word': activity<OfPlan & { proposal: string }, { custodians: number; owner?: OwnersWord }>(),
  /**
   * Whether somebody may act for a slot, beside those who stand for the `others`. `objectId` is absent where nobody was found;
   * `unfit`: a clause that says why they cannot.
   */
  'check-replacement': activity<
    Occasion & { upn: string; slot: Slot; others: readonly { party: string; objectId?: string }[] },
    CheckOutcome & { objectId?: string; unfit?: string }
  >(),
  'inspect-subscription': activity<Occasion & WorkedBy & LookAgain & { slot: Slot }, CheckOutcome & { name: string }>(),
  /** `notYet`: Azure does not show what it said when it was asked. */
  'register-feature': activity<
    Occasion & { slot: Slot; subscriptionId: string },
    CheckOutcome & NotYet & { state: string }
  >({
    intent: ({ slot }) => `register-feature.${String(slot)}`
  }),
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
  /**
   * `again`: how often people have said that it is to be sent once more; each time it is another mail. `sentAt`: when the mail
   * service took it over, which may be long ago.
   */
  'notify-microsoft': activity<
    AliasMailInput & { again?: number },
    CheckOutcome & { operationId: string; to: string; sentAt: string; state: string; bounced?: Finding }
  >({ intent: ({ workload, again = 0 }) => `notify-microsoft.${workload}.${String(again)}` }),
  'look-at-mail': activity<
    Occasion & { workload: Workload; operationId: string; to: string },
    NotYet & { finding?: Finding }
  >(),
  /**
   * `yields`: mails to Microsoft go first, and this one is not sent while one of them is to go out. None takes the room that is
   * kept for them in what the mail service takes in an hour.
   */
  'mail-operators': activity<
    OperatorMail & { yields: boolean },
    HandedOver | { held: 'microsoft-first' | 'hour-is-full' }
  >(),
  /** What became of a letter that was handed over: `unknown` where the mail service knows of none. */
  'look-at-letter': activity<Occasion & { operationId: string }, { state: SendState | 'unknown' }>(),
  /** A letter that did not arrive is said in the chain of its onboarding. `letter`: which one, for a reader. */
  'note-failed-mail': activity<Occasion & { same: readonly string[]; letter: string; why: string }, null>(),
  /** What is to be mailed of what was said and taken over in one minute. `isOpen`: something of it is not judged yet. */
  'gather-letters': activity<
    Occasion & { minute: string },
    Pick<OperatorMail, 'plan'> & {
      replaced: readonly Replacement[]
      sla: SlaRules
      letters: readonly OperatorLetter[]
      isOpen: boolean
    }
  >(),
  /** An escalation to Microsoft's alias: a mail that cannot be taken back. */
  'mail-escalation': activity<
    Omit<OperatorMail, 'letter'> & { letter: EscalationLetter; ordinal: number },
    { operationId: string }
  >({
    intent: ({ letter, ordinal }) => `mail-escalation.${letter.workload}.${String(ordinal)}`
  }),
  'prepare-slot': activity<OfPlan & Pick<SlotPlan, 'slot' | 'subscriptionId' | 'resourceGroup' | 'region'>, NotYet>(
    'writes'
  ),
  /** `since`: of the first look; `askedAt`: when Azure took it, as a look before has told. */
  'make-vault': activity<
    VaultTask & { since: string; askedAt?: string },
    NotYet & { askedAt?: string; findings: readonly Finding[] }
  >({ intent: () => 'make-vault' }),
  /** `notYet`: Azure does not show what it said when it was asked. */
  'grant-permissions': activity<VaultTask, CheckOutcome & NotYet>('writes'),
  /** Whether a person has imported the key. */
  'find-key': activity<VaultTask, { there: boolean; findings: readonly Finding[] }>(),
  /**
   * `mayMend`: an expiration date may be set to the last day. `propagating`: nothing is wrong but that the registration
   * has not reached the key, which time may cure.
   */
  'make-key': activity<VaultTask & { mayMend: boolean }, CheckOutcome & { propagating: boolean }>({
    intent: () => 'make-key'
  }),
  /** `notYet`: of Event Grid; the backup is there. */
  'back-up-key': activity<VaultTask, CheckOutcome & NotYet>('writes'),
  /**
   * `earlier`: what its branch came to; `copiedAt`: when somebody attested the offline copy of its slot. Result and evidence go
   * to the store: history carries where they lie. No record: a finding stood before all was seen.
   */
  'verify-vault': activity<
    VaultTask & { earlier?: StoredRecord | undefined; copiedAt?: string | undefined },
    { record?: StoredRecord; findings: readonly Finding[] }
  >(),
  /** `name` of the report in the records container, `line` what it says in one line. */
  'report-remains': activity<OfPlan, { name: string; line: string }>(),
  'write-hand-off': activity<
    OfPlan & { facts: HandOffParts },
    {
      name: string
      sha256: string
      requirements: RequirementCounts
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
  'sweep-vault': activity<{ vaultName: string; now: string; copies: CopiesOfSlots }, VaultWatch>(),
  /** The first of every instance: notes that it has begun, and tells where the one before it was. */
  recall: activity<Occasion & OfLedger, Recalled>(),
  /** What people said since, and what stands. `told`: failed mails that the story knows. */
  hear: activity<Occasion & OfLedger & { told: readonly string[] }, Heard>(),
  /** Adds verdicts; gives those that stand: another generation may have judged before. */
  judge: activity<Occasion & OfLedger & { verdicts: readonly Verdict[] }, readonly Verdict[]>(),
  amend: activity<Occasion & OfLedger & { amendment: Amendment; who?: WhoChanged }, null>(),
  /** Keeps the result of a chapter, and the facts that it told. */
  'end-chapter': activity<Occasion & OfLedger & { step: StepName; result: unknown; facts: readonly Fact[] }, null>(),
  /** The last of every instance: nothing is added to the chain after it. */
  close: activity<Occasion & OfLedger & { outcome: 'completed' | 'cancelled'; result?: unknown }, null>(),
  /** How many branches of the plan have ended, by the `closed` of their chains; `open`: those that have begun and go on. */
  'look-at-branches': activity<OfPlan, { ended: number; open: number }>(),
  /** What people said and decided in the branches, all of which have ended, and where what was seen lies. */
  'gather-branches': activity<OfPlan, GatheredBranches>()
}

/** Those that ask the engine instead of Azure. */
export const engineActivities = {
  /** Forgets finished short runs made before a moment. */
  'purge-finished': activity<{ before: string }, { purged: number }>(),
  /** Starts the sending of a letter, unless that one was ever started. */
  'post-letter': activity<LetterInput, null>(),
  /** Starts the mails of the minute of a moment, unless they were ever started. */
  'start-minute-mails': activity<{ onboarding: string; moment: string }, null>(),
  /** Tells the newest generation of each chain to look; it then asks the ledger and Azure itself. */
  wake: activity<{ chains: readonly string[] }, null>(),
  /** Starts the branches of an onboarding, those that never were; the others live or are taken over. */
  'start-branches': activity<Occasion & { branches: readonly VaultSetUpInput[] }, null>()
}

/** What an activity does to Azure with this input; undefined where it changes nothing there. */
export function effectOf(activity: string, input: object): { readonly intent?: string } | undefined {
  const { effect } =
    (stepActivities as Readonly<Record<string, Pick<Shapes<never, unknown>, 'effect'>>>)[activity] ?? {}
  if (effect === undefined || effect === 'writes') return effect && {}
  return { intent: effect.intent(input as never) } // the host hands an activity what its orchestrator told it
}

type Every = typeof stepActivities & typeof engineActivities

export type Activities = { readonly [N in keyof Every]: NonNullable<Every[N]['shapes']> }

export type ActivityName = keyof Activities
export type StepActivityName = keyof typeof stepActivities
export type EngineActivityName = keyof typeof engineActivities
