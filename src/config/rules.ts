import type { Login, SettingFault } from './config.ts'

/** Settings by name, without the empty ones. */
export type Settings = Readonly<Record<string, string>>

export const who = ['APP', 'SLOT1', 'SLOT2'] as const

/** How one identity signs in: by the profile or the secret it was given, otherwise as a managed identity. */
export function loginOf(given: Settings, identity: (typeof who)[number], clientId: string): Login {
  const profile = given[profileSetting(identity)]
  if (profile !== undefined) return { kind: 'azure-cli', profile }
  const secret = given[secretSetting(identity)]
  if (secret === undefined) return { kind: 'managed-identity', clientId }
  return { kind: 'service-principal', clientId, tenantId: given['CKEY_TENANT_ID'] ?? '', secret }
}

export const profileSetting = (identity: (typeof who)[number]): string => `CKEY_${identity}_AZURE_CONFIG_DIR`
const secretSetting = (identity: (typeof who)[number]): string => `CKEY_${identity}_CLIENT_SECRET`

/** Secrets and profiles are for a laptop: in Azure each identity is a managed one. */
export function loginFaults(given: Settings): SettingFault[] {
  const secrets = who.map(secretSetting).filter((name) => given[name] !== undefined)
  const laptopOnly = [...secrets, ...who.map(profileSetting).filter((name) => given[name] !== undefined)]
  const misplaced = isInAzure(given) ? laptopOnly : []
  const message = 'is for a laptop only; in Azure the managed identities sign in'
  return misplaced.map((setting) => ({ setting, message }))
}

/** Event Grid must have somewhere to put what it cannot deliver. */
export function eventFaults(given: Settings): SettingFault[] {
  if (given['CKEY_EVENT_ENDPOINT'] === undefined) return []
  return ['CKEY_SLOT1_DEAD_LETTER_IDENTITY', 'CKEY_SLOT2_DEAD_LETTER_IDENTITY']
    .filter((setting) => given[setting] === undefined)
    .map((setting) => ({ setting, message: 'is missing; CKEY_EVENT_ENDPOINT needs it' }))
}

/** Spans go to an Application Insights by a connection string, whose key alone opens nothing: the app's identity signs in. */
export function telemetryFaults(given: Settings): SettingFault[] {
  const setting = 'APPLICATIONINSIGHTS_CONNECTION_STRING'
  if (given['CKEY_TELEMETRY'] !== 'on' || /(^|;)InstrumentationKey=[0-9a-f-]{36}(;|$)/i.test(given[setting] ?? ''))
    return []
  return [{ setting, message: 'must be the connection string of an Application Insights; CKEY_TELEMETRY=on needs it' }]
}

/** Without the platform's sign-in before it, anybody could be anybody. */
export function unguarded(given: Settings): SettingFault[] {
  if (!isInAzure(given) || signInOf(given) === 'platform' || given['CKEY_ALLOW_NO_SIGN_IN'] === 'true') return []
  const message =
    'is not True: no sign-in stands before this app. Turn on App Service Authentication, or set ' +
    'CKEY_ALLOW_NO_SIGN_IN to true, which leaves every route refused'
  return [{ setting: 'WEBSITE_AUTH_ENABLED', message }]
}

/** App Service says so itself: https://learn.microsoft.com/azure/app-service/reference-app-settings#authentication--authorization */
export function signInOf(given: Settings): 'platform' | 'none' {
  return given['WEBSITE_AUTH_ENABLED']?.toLowerCase() === 'true' ? 'platform' : 'none'
}

/** App Service names its host; the app is reached there unless a setting says otherwise. */
export const hostUrlOf = (given: Settings): string | undefined =>
  isInAzure(given) && given['WEBSITE_HOSTNAME'] !== undefined ? `https://${given['WEBSITE_HOSTNAME']}` : undefined

/**
 * As the Functions host itself tells: `IsAppService`, `IsFlexConsumptionSku` and what they call. Flex Consumption never sets the
 * first. CONTAINER_NAME, its other one, is set by containers anywhere, so it counts beside a host name that Azure gave.
 * https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script/Environment/EnvironmentExtensions.cs
 */
const setByAzure = [
  'WEBSITE_INSTANCE_ID',
  'WEBSITE_POD_NAME',
  'WEBSITE_SITE_NAME',
  'WEBSITE_SKU',
  'LEGION_SERVICE_HOST'
] as const

function isInAzure(given: Settings): boolean {
  const host = given['WEBSITE_HOSTNAME'] ?? 'localhost'
  const inContainer = given['CONTAINER_NAME'] !== undefined && !/^(localhost|127\.0\.0\.1|0\.0\.0\.0)(:|$)/.test(host)
  return inContainer || setByAzure.some((name) => given[name] !== undefined)
}

export function withoutTrailingSlash(text: string): string {
  return text.replace(/\/+$/, '')
}
