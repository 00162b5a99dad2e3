import { z } from 'zod'
import { otherCloudOf, publicCloud, whyNotCloud } from './domain/clouds.ts'
import type { Immutability } from './domain/checks-backup.ts'
import type { Identity, Slot } from './domain/evidence.ts'
import type { Workload } from './domain/workloads.ts'
import { triggers } from './names.ts'
import {
  eventFaults,
  hostUrlOf,
  loginFaults,
  loginOf,
  profileSetting,
  signInOf,
  telemetryFaults,
  unguarded,
  who,
  type Given
} from './config-rules.ts'

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
  /** Client ids of the three managed identities (DESIGN rule 3). */
  readonly identities: Readonly<Record<Identity, string>>
  readonly logins: Readonly<Record<Identity, Login>>
  /**
   * `platform`: App Service Authentication stands before every route and asserts who is signed in. `none`: it does not,
   * and whatever a request claims about its sender is dropped.
   */
  readonly signIn: 'platform' | 'none'
  /** Blob endpoint of each identity's own store; `app` owns the records. */
  readonly stores: Readonly<Record<Identity, string>>
  readonly mail: { readonly endpoint: string; readonly sender: string }
  /** How Event Grid reaches the app. Absent: vaults are not subscribed to, and the sweep alone sees changes. */
  readonly events:
    | {
        /** With the system key in its query: never told, never stored. */
        readonly endpoint: string
        /** ARM ids: the identity that writes dead letters, and the slot's storage account. */
        readonly deadLetters: Readonly<Record<Slot, { readonly identity: string; readonly store: string }>>
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
  /** NCRONTAB: how often finished short runs are forgotten. */
  readonly purgeSchedule: string
  /** NCRONTAB: when one key of each vault is restored from its backup for proof (R45). Absent: never. */
  readonly drillSchedule: string | undefined
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

/** The app settings cannot be used. Lists every fault at once, so that one correction is enough. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: readonly SettingFault[]

  constructor(faults: readonly SettingFault[]) {
    const lines = faults.map(({ setting, message }) => `  ${setting}: ${message}`)
    super(
      `The app cannot start: ${faults.length} app setting(s) cannot be used. Correct them and start again.\n${lines.join(
        '\n'
      )}`
    )
    this.faults = faults
  }
}

/**
 * Reads the app settings (`local.settings.sample.json` lists them). An empty setting counts as absent.
 * @throws ConfigError that lists every fault.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = presentSettings(environment)
  // Read once: compiling a parser for it would take longer than it saves.
  const parsed = settings.safeParse(given, { jitless: true })
  const faults = [
    ...(parsed.success ? [] : parsed.error.issues.map(toFault)),
    ...repetitions(given, clientIds),
    ...repetitions(given, storeUrls),
    ...repetitions(given, who.map(profileSetting)),
    ...repetitions(given, deadLetterIdentities),
    ...unguarded(given),
    ...eventFaults(given),
    ...telemetryFaults(given),
    ...loginFaults(given)
  ]
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults)
  return toConfig(parsed.data, given)
}

const clientIds = ['CKEY_APP_CLIENT_ID', 'CKEY_SLOT1_CLIENT_ID', 'CKEY_SLOT2_CLIENT_ID'] as const
const deadLetterIdentities = ['CKEY_SLOT1_DEAD_LETTER_IDENTITY', 'CKEY_SLOT2_DEAD_LETTER_IDENTITY'] as const
const storeUrls = ['CKEY_RECORDS_STORE_URL', 'CKEY_SLOT1_STORE_URL', 'CKEY_SLOT2_STORE_URL'] as const

const clientId = z.guid('must be the client id of a managed identity, a GUID').transform((id) => id.toLowerCase())
const address = z
  .string()
  .transform(withoutTrailingSlash)
  .superRefine((url, context) => {
    const cloud = otherCloudOf(url)
    if (cloud) context.addIssue({ code: 'custom', message: `belongs to another cloud: it ${whyNotCloud(cloud) ?? ''}` })
  })
const storeUrl = address.pipe(
  z
    .string()
    .regex(
      hostOf('[a-z0-9]{3,24}', publicCloud.blobSuffix),
      `must be the blob endpoint of a storage account, https://<account>${publicCloud.blobSuffix}`
    )
)
const mailEndpoint = address.pipe(
  z
    .string()
    .regex(
      hostOf('[a-z0-9-]+([.][a-z0-9-]+)?', publicCloud.mailSuffix),
      `must be the endpoint of a Communication Services resource, https://<name>${publicCloud.mailSuffix}`
    )
)
function hostOf(name: string, suffix: string): RegExp {
  return new RegExp(`^https://${name}${suffix.replaceAll('.', '[.]')}$`)
}
const eventEndpoint = z
  .string()
  .refine(
    isEventEndpoint,
    'must be the address of the Event Grid webhook: https://<app>/runtime/webhooks/EventGrid?functionName=key-event&code=<system key>'
  )
const identityId = z
  .string()
  .regex(
    /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\w.()-]{1,90}\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[\w-]{3,128}$/i,
    'must be the resource id of a user-assigned identity'
  )
const appUrl = z
  .string()
  .transform(withoutTrailingSlash)
  .pipe(
    z
      .string()
      .regex(
        /^(https:\/\/[a-z0-9.-]+|http:\/\/(127[.]0[.]0[.]1|localhost))(:\d+)?$/i,
        'must be the address of the app, e.g. https://ck-contoso.azurewebsites.net'
      )
  )
const mailbox = z.email('must be an e-mail address')
const days = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((day) => day.trim())
      .filter((day) => day !== '')
  )
  .pipe(z.array(z.iso.date('must be a comma-separated list of dates like 2026-12-24')))
function schedule(example: string) {
  return z.string().regex(/^\S+( \S+){5}$/, `must be an NCRONTAB expression of six fields, e.g. ${example}`)
}
const wholeNumber = (most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from 1 to ${most}`)
    .transform(Number)
    .pipe(z.number().min(1, `must be from 1 to ${most}`).max(most, `must be from 1 to ${most}`))

const cloud = z.string().superRefine((name, context) => {
  const why = whyNotCloud(name)
  if (why) context.addIssue({ code: 'custom', message: why })
})

const settings = z.object({
  CKEY_CLOUD: cloud.default(publicCloud.name),
  CKEY_TENANT_ID: z.guid('must be the id of the tenant, a GUID').optional(),
  CKEY_ALLOW_NO_SIGN_IN: z.enum(['true', 'false'], 'must be true or false').default('false'),
  CKEY_APP_CLIENT_ID: clientId,
  CKEY_SLOT1_CLIENT_ID: clientId,
  CKEY_SLOT2_CLIENT_ID: clientId,
  CKEY_RECORDS_STORE_URL: storeUrl,
  CKEY_SLOT1_STORE_URL: storeUrl,
  CKEY_SLOT2_STORE_URL: storeUrl,
  CKEY_MAIL_ENDPOINT: mailEndpoint,
  CKEY_MAIL_SENDER: mailbox,
  CKEY_EVENT_ENDPOINT: eventEndpoint.optional(),
  CKEY_SLOT1_DEAD_LETTER_IDENTITY: identityId.optional(),
  CKEY_SLOT2_DEAD_LETTER_IDENTITY: identityId.optional(),
  CKEY_APP_URL: appUrl.optional(),
  CKEY_BANNER: z.string().max(40, 'must be at most 40 characters').optional(),
  CKEY_CALENDAR_ZONE: z
    .string()
    .refine(isZone, 'must be an IANA time zone like America/Los_Angeles')
    .default('America/Los_Angeles'),
  CKEY_EXTRA_HOLIDAYS: days.optional(),
  CKEY_REMOVED_HOLIDAYS: days.optional(),
  CKEY_POLL_SCHEDULE: schedule('0 0 * * * * for hourly').default('0 0 * * * *'),
  CKEY_SWEEP_SCHEDULE: schedule('0 */10 * * * * for every ten minutes').default('0 */10 * * * *'),
  CKEY_MAIL_SCHEDULE: schedule('0 */15 * * * * for every quarter of an hour').default('0 */15 * * * *'),
  CKEY_PURGE_SCHEDULE: schedule('0 30 3 * * * for daily').default('0 30 3 * * *'),
  CKEY_DRILL_SCHEDULE: schedule('0 0 4 1 */3 * for quarterly').optional(),
  CKEY_IMMUTABILITY: z.enum(['required', 'not-available'], 'must be required or not-available').default('required'),
  CKEY_SLA_BUSINESS_DAYS: wholeNumber(60).default(5),
  CKEY_CALL_TIMEOUT_SECONDS: wholeNumber(120).default(20),
  CKEY_RETRY_DELAY_MS: wholeNumber(5000).default(200),
  CKEY_TELEMETRY: z.enum(['on', 'off'], 'must be on or off').default('off'),
  APPLICATIONINSIGHTS_CONNECTION_STRING: z.string().optional(),
  CKEY_ALIAS_EXCHANGE: mailbox.optional(),
  CKEY_ALIAS_SHAREPOINT: mailbox.optional(),
  CKEY_ALIAS_MULTI_WORKLOAD: mailbox.optional()
})

function toConfig(given: z.output<typeof settings>, raw: Given): Config {
  return {
    identities: {
      app: given.CKEY_APP_CLIENT_ID,
      'slot-1': given.CKEY_SLOT1_CLIENT_ID,
      'slot-2': given.CKEY_SLOT2_CLIENT_ID
    },
    logins: {
      app: loginOf(raw, 'APP', given.CKEY_APP_CLIENT_ID),
      'slot-1': loginOf(raw, 'SLOT1', given.CKEY_SLOT1_CLIENT_ID),
      'slot-2': loginOf(raw, 'SLOT2', given.CKEY_SLOT2_CLIENT_ID)
    },
    signIn: signInOf(raw),
    stores: {
      app: given.CKEY_RECORDS_STORE_URL,
      'slot-1': given.CKEY_SLOT1_STORE_URL,
      'slot-2': given.CKEY_SLOT2_STORE_URL
    },
    mail: { endpoint: given.CKEY_MAIL_ENDPOINT, sender: given.CKEY_MAIL_SENDER },
    events: eventsOf(given),
    appUrl: given.CKEY_APP_URL ?? hostUrlOf(raw),
    banner: given.CKEY_BANNER,
    calendar: {
      zone: given.CKEY_CALENDAR_ZONE,
      extraHolidays: given.CKEY_EXTRA_HOLIDAYS ?? [],
      removedHolidays: given.CKEY_REMOVED_HOLIDAYS ?? []
    },
    pollSchedule: given.CKEY_POLL_SCHEDULE,
    sweepSchedule: given.CKEY_SWEEP_SCHEDULE,
    mailSchedule: given.CKEY_MAIL_SCHEDULE,
    purgeSchedule: given.CKEY_PURGE_SCHEDULE,
    drillSchedule: given.CKEY_DRILL_SCHEDULE,
    immutability: given.CKEY_IMMUTABILITY,
    slaBusinessDays: given.CKEY_SLA_BUSINESS_DAYS,
    callTimeoutSeconds: given.CKEY_CALL_TIMEOUT_SECONDS,
    retryDelayMs: given.CKEY_RETRY_DELAY_MS,
    insights: given.CKEY_TELEMETRY === 'on' ? given.APPLICATIONINSIGHTS_CONNECTION_STRING : undefined,
    aliases: {
      ...(given.CKEY_ALIAS_EXCHANGE && { exchange: given.CKEY_ALIAS_EXCHANGE }),
      ...(given.CKEY_ALIAS_SHAREPOINT && { sharepoint: given.CKEY_ALIAS_SHAREPOINT }),
      ...(given.CKEY_ALIAS_MULTI_WORKLOAD && { 'multi-workload': given.CKEY_ALIAS_MULTI_WORKLOAD })
    }
  }
}

/** The slot's store is in the group of its identity: infra/slot.bicep makes both. */
function eventsOf(given: z.output<typeof settings>): Config['events'] {
  const {
    CKEY_EVENT_ENDPOINT: endpoint,
    CKEY_SLOT1_DEAD_LETTER_IDENTITY: one = '',
    CKEY_SLOT2_DEAD_LETTER_IDENTITY: two = ''
  } = given
  const placeOf = (identity: string, storeUrl: string) => {
    const group = identity.split('/providers/', 1)[0] ?? ''
    const [account = ''] = new URL(storeUrl).hostname.split('.', 1)
    return { identity, store: `${group}/providers/Microsoft.Storage/storageAccounts/${account}` }
  }
  return endpoint === undefined
    ? undefined
    : {
        endpoint,
        deadLetters: { 1: placeOf(one, given.CKEY_SLOT1_STORE_URL), 2: placeOf(two, given.CKEY_SLOT2_STORE_URL) }
      }
}

/** App Service answers at any host name that somebody gave the app. */
function isEventEndpoint(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return (
    url?.protocol === 'https:' &&
    url.pathname.toLowerCase() === '/runtime/webhooks/eventgrid' &&
    url.searchParams.get('functionName') === triggers.keyEvent &&
    Boolean(url.searchParams.get('code'))
  )
}

function presentSettings(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(environment).map(([name, value]) => [name, value?.trim() ?? ''] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== ''))
}

function toFault(issue: z.core.$ZodIssue): SettingFault {
  const setting = String(issue.path[0])
  return issue.code === 'invalid_type' ? { setting, message: 'is missing' } : { setting, message: issue.message }
}

/** No two identities and no two stores may be one: a single one would reach both keys (DESIGN rule 3). */
function repetitions(given: Readonly<Record<string, string>>, names: readonly string[]): SettingFault[] {
  const comparable = (name: string) => withoutTrailingSlash(given[name] ?? '').toLowerCase()
  return names.flatMap((name, position) => {
    const first = names.slice(0, position).find((earlier) => given[name] && comparable(earlier) === comparable(name))
    return first ? [{ setting: name, message: `must differ from ${first}` }] : []
  })
}

function withoutTrailingSlash(text: string): string {
  return text.replace(/\/+$/, '')
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
