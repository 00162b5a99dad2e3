import { z } from 'zod'
import { otherCloudOf, publicCloud, whyNotCloud } from '../domain/terms/clouds.ts'
import { usualDeployment } from '../domain/plan/deployment.ts'
import { workloadNames, type Workload } from '../domain/terms/workloads.ts'
import { triggers } from '../names.ts'
import { withoutTrailingSlash } from './rules.ts'

const clientIdOf = (what: string) =>
  z.guid(`must be the client id of ${what}, a GUID`).transform((id) => id.toLowerCase())
const clientId = clientIdOf('a managed identity')
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
    /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\p{L}\p{Mn}\p{Nd}\p{Pc}.()-]{1,90}\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[\w-]{3,128}$/iu,
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
export const aliasSetting = (workload: Workload): string => `CKEY_ALIAS_${workload.toUpperCase().replaceAll('-', '_')}`
const aliasSettings = Object.fromEntries(workloadNames.map((workload) => [aliasSetting(workload), mailbox.optional()]))

/** What each setting must be like by itself. */
export const settings = z.object({
  CKEY_CLOUD: cloud.default(publicCloud.name),
  CKEY_TENANT_ID: z.guid('must be the id of the tenant, a GUID').transform((id) => id.toLowerCase()),
  CKEY_ALLOW_NO_SIGN_IN: z.enum(['true', 'false'], 'must be true or false').default('false'),
  CKEY_APP_CLIENT_ID: clientId,
  CKEY_SIGN_IN_CLIENT_ID: clientIdOf('the application that people sign in with'),
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
  CKEY_WATCH_SCHEDULE: schedule('0 * * * * * for every minute').default('0 * * * * *'),
  CKEY_PURGE_SCHEDULE: schedule('0 30 3 * * * for daily').default('0 30 3 * * *'),
  CKEY_DRILL_SCHEDULE: schedule('0 0 4 1 */3 * for quarterly').optional(),
  CKEY_STEP_UP: z
    .string()
    .regex(/^c[1-9][0-9]?$/, 'must be the id of an authentication context of Conditional Access, c1 to c99')
    .optional(),
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

export type SoundSettings = z.output<typeof settings>

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

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
