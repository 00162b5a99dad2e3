import type { VersionRule } from './durable/versions.ts'
import { parseInterval } from './triggers/ncrontab.ts'

/** The settings of `host.json` that this host honours; what is absent has Azure's default. */
export interface HostSettings {
  readonly routePrefix: string
  readonly hubName: string
  readonly versions: VersionRule
  /** Milliseconds after which a call of a function has failed; undefined for no limit. */
  readonly functionTimeoutMs: number | undefined
  readonly maxConcurrentActivities: number
  readonly maxConcurrentOrchestrators: number
}

export function readHostJson(hostJson: unknown, setting: (name: string) => string | undefined): HostSettings {
  const durable = path(hostJson, 'extensions', 'durableTask')
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' ? value.replaceAll(/%([^%]+)%/g, (_, name: string) => setting(name) ?? '') : undefined
  return {
    routePrefix: text(path(hostJson, 'extensions', 'http', 'routePrefix')) ?? 'api',
    hubName: text(path(durable, 'hubName')) || 'TestHubName',
    versions: {
      defaultVersion: text(path(durable, 'defaultVersion')) || null,
      matchStrategy:
        oneOf(['None', 'Strict', 'CurrentOrOlder'], path(durable, 'versionMatchStrategy')) ?? 'CurrentOrOlder',
      failureStrategy: oneOf(['Reject', 'Fail'], path(durable, 'versionFailureStrategy')) ?? 'Reject'
    },
    functionTimeoutMs: timeout(path(hostJson, 'functionTimeout')),
    maxConcurrentActivities: positive(path(durable, 'maxConcurrentActivityFunctions')) ?? 10,
    maxConcurrentOrchestrators: positive(path(durable, 'maxConcurrentOrchestratorFunctions')) ?? 10
  }
}

function path(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(inner).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1]
        : undefined,
    value
  )
}

function oneOf<T extends string>(names: readonly T[], value: unknown): T | undefined {
  return names.find((name) => name.toLowerCase() === String(value).toLowerCase())
}

/** As in `00:05:00`; `-1` is for ever. Azure's default is half an hour on every plan but one. */
function timeout(value: unknown): number | undefined {
  if (value === '-1') return undefined
  return parseInterval(String(value)) ?? HALF_AN_HOUR_MS
}

const HALF_AN_HOUR_MS = 30 * 60 * 1000

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined
}
