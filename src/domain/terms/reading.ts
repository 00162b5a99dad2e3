import type { Call } from './evidence.ts'

/** What a service answered, and by which call. After several calls it names the last one. */
export interface Reading<T> {
  readonly value: T
  readonly call: Call
}
