import { workloadNames } from '../domain/terms/workloads.ts'
import type { Config } from './config.ts'
import { hostUrlOf, loginOf, signInOf, type Settings } from './rules.ts'
import { aliasSetting, type SoundSettings } from './settings.ts'

/** What the app works by, of settings that are sound; `raw`: as they were given. */
export function toConfig(given: SoundSettings, raw: Settings): Config {
  return {
    tenantId: given.CKEY_TENANT_ID,
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
    signInClientId: given.CKEY_SIGN_IN_CLIENT_ID,
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
    watchSchedule: given.CKEY_WATCH_SCHEDULE,
    purgeSchedule: given.CKEY_PURGE_SCHEDULE,
    drillSchedule: given.CKEY_DRILL_SCHEDULE,
    stepUp: given.CKEY_STEP_UP,
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
function eventsOf(given: SoundSettings): Config['events'] {
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
