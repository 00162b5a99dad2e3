/** The settings of `host.json` that this host honours; what is absent has Azure's default. */
export interface HostSettings {
  readonly routePrefix: string
  readonly hubName: string
  readonly defaultVersion: string | null
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
    defaultVersion: text(path(durable, 'defaultVersion')) || null,
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

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined
}
