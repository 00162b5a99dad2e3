import type { Reading } from '../domain/terms/reading.ts'
import type { Named } from './answers/policy.ts'

/** Azure's own, the same for everybody: kept for the day they were read on. */
export class BuiltIns {
  #day = ''
  readonly #kept = new Map<string, Promise<Reading<Named>>>()

  /** `now`: ISO 8601. */
  get(id: string, { now, read }: { readonly now: string; readonly read: () => Promise<Reading<Named>> }) {
    const day = now.slice(0, 10)
    if (day !== this.#day) this.#kept.clear()
    this.#day = day
    const key = id.toLowerCase()
    const kept = this.#kept.get(key)
    if (kept) return kept
    const asked = read()
    this.#kept.set(key, asked)
    void asked.then(
      ({ value: { properties } }) => isMicrosofts(properties.policyType) || this.#kept.delete(key),
      () => this.#kept.delete(key)
    )
    return asked
  }
}

const isMicrosofts = (policyType: string | null | undefined): boolean =>
  ['builtin', 'static'].includes(policyType?.toLowerCase() ?? '')
