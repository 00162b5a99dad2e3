import type { ParameterDefaults, ParameterValues } from './answers/policy.ts'

/** What a parameter stands for: given values before defaults, one step through `[parameters('name')]`. */
export type Scope = (name: string) => unknown

export function scopeOf(given: ParameterValues, defaults: ParameterDefaults, outer: Scope = () => undefined): Scope {
  return (name) => {
    const value = valueIn(given, name)
    return value === undefined ? valueIn(defaults, name) : resolved(value, outer)
  }
}

/** A text like `[parameters('effect')]` is what the parameter says; anything else is itself. */
export function resolved(value: unknown, scope: Scope): unknown {
  const name = typeof value === 'string' ? /^\[parameters\('([^']+)'\)\]$/i.exec(value)?.[1] : undefined
  return name === undefined ? value : scope(name)
}

/** Azure finds parameters in any case. */
function valueIn(
  values: Readonly<Record<string, { value?: unknown; defaultValue?: unknown }>> | null | undefined,
  name: string
) {
  const found = Object.entries(values ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
  return found?.value ?? found?.defaultValue
}
