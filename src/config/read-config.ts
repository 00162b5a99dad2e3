import type { Config, SettingFault } from './config.ts'
import { z } from 'zod'
import { otherCloudOf, publicCloud, whyNotCloud } from '../domain/terms/clouds.ts'
import { usualDeployment } from '../domain/plan/deployment.ts'
import { workloadNames, type Workload } from '../domain/terms/workloads.ts'
import { triggers } from '../names.ts'
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
  type Settings
} from './rules.ts'

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

/** `CKEY_ALIAS_MULTI_WORKLOAD`: each workload has its own. */
const aliasSetting = (workload: Workload): string => `CKEY_ALIAS_${workload.toUpperCase().replaceAll('-', '_')}`
const aliasSettings = Object.fromEntries(workloadNames.map((workload) => [aliasSetting(workload), mailbox.optional()]))

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
    .default(usualDeployment.sla.zone),
  CKEY_EXTRA_HOLIDAYS: days.optional(),
  CKEY_REMOVED_HOLIDAYS: days.optional(),
  CKEY_POLL_SCHEDULE: schedule('0 0 * * * * for hourly').default('0 0 * * * *'),
  CKEY_SWEEP_SCHEDULE: schedule('0 */10 * * * * for every ten minutes').default('0 */10 * * * *'),
  CKEY_MAIL_SCHEDULE: schedule('0 */15 * * * * for every quarter of an hour').default('0 */15 * * * *'),
  CKEY_PURGE_SCHEDULE: schedule('0 30 3 * * * for daily').default('0 30 3 * * *'),
  CKEY_DRILL_SCHEDULE: schedule('0 0 4 1 */3 * for quarterly').optional(),
  CKEY_RETENTION_DAYS: wholeNumber(146_000).default(usualDeployment.retentionDays),
  CKEY_IMMUTABILITY: z
    .enum(['required', 'not-available'], 'must be required or not-available')
    .default(usualDeployment.immutability),
  CKEY_SLA_BUSINESS_DAYS: wholeNumber(60).default(usualDeployment.sla.businessDays),
  CKEY_CALL_TIMEOUT_SECONDS: wholeNumber(120).default(20),
  CKEY_RETRY_DELAY_MS: wholeNumber(5000).default(200),
  CKEY_TELEMETRY: z.enum(['on', 'off'], 'must be on or off').default('off'),
  APPLICATIONINSIGHTS_CONNECTION_STRING: z.string().optional(),
  ...aliasSettings
})

/** Every setting there is, for `local.settings.sample.json`. */
export const settingNames: readonly string[] = Object.keys(settings.shape)

function toConfig(given: z.output<typeof settings>, raw: Settings): Config {
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
    retentionDays: given.CKEY_RETENTION_DAYS,
    immutability: given.CKEY_IMMUTABILITY,
    slaBusinessDays: given.CKEY_SLA_BUSINESS_DAYS,
    callTimeoutSeconds: given.CKEY_CALL_TIMEOUT_SECONDS,
    retryDelayMs: given.CKEY_RETRY_DELAY_MS,
    insights: given.CKEY_TELEMETRY === 'on' ? given.APPLICATIONINSIGHTS_CONNECTION_STRING : undefined,
    aliases: Object.fromEntries(
      workloadNames.flatMap((workload) => {
        const alias = raw[aliasSetting(workload)] // held to be a mailbox by the schema
        return alias === undefined ? [] : [[workload, alias]]
      })
    )
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
