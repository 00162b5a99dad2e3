import { evaluated } from '../domain/governance/evaluate.ts'
import { unsure, type Value } from '../domain/governance/unsure.ts'
import type { ParameterDefaults, ParameterValues } from './answers/policy.ts'

/** What a parameter stands for; `unsure` for one that nobody gave a value. */
export type Scope = (name: string) => Value

/** Given values before defaults; what stands there may ask for the parameters of what is around. */
export function scopeOf(given: ParameterValues, defaults: ParameterDefaults, outer: Scope = () => unsure): Scope {
  return (name) => {
    const value = valueIn(given, name)
    if (value !== undefined) return resolved(value, outer)
    return valueIn(defaults, name) ?? unsure
  }
}

/** With every expression in it carried out. */
export const resolved = (value: Value, scope: Scope): Value => evaluated(value, { parameters: scope })

/** Azure finds parameters in any case. A default may be an expression too, of nothing but functions. */
function valueIn(
  values: Readonly<Record<string, { value?: unknown; defaultValue?: unknown }>> | null | undefined,
  name: string
): Value {
  const found = Object.entries(values ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
  return found?.value ?? found?.defaultValue
}
