import type { z } from 'zod'
import type { Config, SettingFault } from './config.ts'
import {
  eventFaults,
  loginFaults,
  profileSetting,
  telemetryFaults,
  unguarded,
  who,
  withoutTrailingSlash
} from './rules.ts'
import { settings } from './settings.ts'
import { toConfig } from './to-config.ts'

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
