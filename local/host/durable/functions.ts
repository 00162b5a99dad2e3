import type { RegisteredFunction } from '../worker/registry.ts'
import { triggerOf } from '../worker/supported.ts'

/** Function names are equal whatever their case (the extension's FunctionName.cs). */
export class FunctionsByName {
  readonly #byName: Map<string, RegisteredFunction>

  constructor(functions: Iterable<RegisteredFunction>, trigger: string) {
    const mine = [...functions].filter((one) => triggerOf(one).type === trigger)
    this.#byName = new Map(mine.map((one) => [one.name.toLowerCase(), one]))
  }

  find(name: string): RegisteredFunction | undefined {
    return this.#byName.get(name.toLowerCase())
  }

  /** Says that `name` is not among them, and which are. */
  missing(name: string, kind: string): string {
    const known = [...this.#byName.values()].map((one) => `"${one.name}"`).join(', ') || 'none'
    return `There is no ${kind} function "${name}". Register it, or use one of those there are: ${known}.`
  }
}
