import type { Immutability } from '../domain/terms/immutability.ts'
import type { BySlot } from '../domain/terms/by-slot.ts'
import type { Identity } from '../domain/terms/evidence.ts'
import type { Workload } from '../domain/terms/workloads.ts'

/** How an identity proves itself: a managed identity in Azure; on a laptop a service principal or a CLI profile. */
export type Login =
  | { readonly kind: 'managed-identity'; readonly clientId: string }
  | {
      readonly kind: 'service-principal'
      readonly clientId: string
      readonly tenantId: string
      readonly secret: string
    }
  | { readonly kind: 'azure-cli'; readonly profile: string }

/** Everything the app is told from outside. Nothing else in `src` reads the environment. */
export interface Config {
  /** Whose people sign in, and may act here: the tenant that is onboarded. */
  readonly tenantId: string
  /** Client ids of the three managed identities (DESIGN rule 3). */
  readonly identities: Readonly<Record<Identity, string>>
  readonly logins: Readonly<Record<Identity, Login>>
  /**
   * `platform`: App Service Authentication stands before every route and asserts who is signed in. `none`: it does not,
   * and whatever a request claims about its sender is dropped.
   */
  readonly signIn: 'platform' | 'none'
  /** Client id of the application that people sign in with, whose roles say what they may do here. */
  readonly signInClientId: string
  /** Blob endpoint of each identity's own store; `app` owns the records. */
  readonly stores: Readonly<Record<Identity, string>>
  readonly mail: { readonly endpoint: string; readonly sender: string }
  /** How Event Grid reaches the app. Absent: vaults are not subscribed to, and the sweep alone sees changes. */
  readonly events:
    | {
        /** With the system key in its query: never told, never stored. */
        readonly endpoint: string
        /** ARM ids: the identity that writes dead letters, and the slot's storage account. */
        readonly deadLetters: BySlot<{ readonly identity: string; readonly store: string }>
      }
    | undefined
  /** Where people reach the app, for links in mails: `https://…`, without a slash at its end. Absent: mails name paths. */
  readonly appUrl: string | undefined
  /** Text that marks every page, mail and document, e.g. `REHEARSAL`. */
  readonly banner: string | undefined
  readonly calendar: {
    /** IANA zone in which business days are counted. */
    readonly zone: string
    /** `yyyy-mm-dd`, beside the public holidays. */
    readonly extraHolidays: readonly string[]
    /** `yyyy-mm-dd`: public holidays that are business days all the same. */
    readonly removedHolidays: readonly string[]
  }
  /** NCRONTAB, six fields. */
  readonly pollSchedule: string
  /** NCRONTAB: how often all keys are compared with their newest backups (R45). */
  readonly sweepSchedule: string
  /** NCRONTAB: how often operators are told by mail what stands open; of one kind once in a working day. */
  readonly mailSchedule: string
  /** NCRONTAB: how often the instances of open onboardings are looked after; one that died is taken over. */
  readonly watchSchedule: string
  /** NCRONTAB: how often finished short runs are forgotten. */
  readonly purgeSchedule: string
  /** NCRONTAB: when one key of each vault is restored from its backup for proof (R45). Absent: never. */
  readonly drillSchedule: string | undefined
  /** How long the slots' stores keep backups and evidence from change: as each slot's part of the deployment set it. */
  /** Authentication context that approvals take; undefined: none. */
  readonly stepUp: string | undefined
  readonly retentionDays: number
  /** Whether the slots' stores must hold immutability. Every report shows where they need not. */
  readonly immutability: Immutability
  /** Business days Microsoft gives itself to register a subscription (R25). */
  readonly slaBusinessDays: number
  /** How long one call to Azure, its retries included, may take. */
  readonly callTimeoutSeconds: number
  /** Milliseconds before the first of a call's own retries, which then doubles up to five seconds. */
  readonly retryDelayMs: number
  /** Connection string of the Application Insights that spans and counts go to. Absent: they go nowhere. */
  readonly insights: string | undefined
  /** Recipients that replace Microsoft's aliases (R22). */
  readonly aliases: Readonly<Partial<Record<Workload, string>>>
}

export interface SettingFault {
  readonly setting: string
  readonly message: string
}
