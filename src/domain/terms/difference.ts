import { pointer } from './fault.ts'

/** One value that differs between two JSON documents. An absent value is undefined. */
export interface Difference {
  /** JSON pointer (RFC 6901). */
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** Where two JSON documents differ, each at the deepest place; empty when their content is equal. */
export function differences(before: unknown, after: unknown, path: readonly PropertyKey[] = []): Difference[] {
  if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...keys].flatMap((key) => differences(before[key], after[key], [...path, key]))
  }
  return before === after ? [] : [{ path: pointer(path), before, after }]
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
