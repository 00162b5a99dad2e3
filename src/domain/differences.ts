import { canonicalJson } from './digest.ts'
import { pointer } from './fault.ts'

export interface Difference {
  /** JSON pointer */
  readonly path: string
  readonly running: unknown
  readonly sent: unknown
}

/** Where two JSON values differ, at the smallest parts that do. A part missing on one side is null there. */
export function differences(running: unknown, sent: unknown, path: readonly string[] = []): Difference[] {
  if (canonicalJson(running) === canonicalJson(sent)) return []
  if (!isBranch(running) || !isBranch(sent) || Array.isArray(running) !== Array.isArray(sent)) {
    return [{ path: pointer(path), running: running ?? null, sent: sent ?? null }]
  }
  const names = new Set([...Object.keys(running), ...Object.keys(sent)])
  return [...names].flatMap((name) => differences(running[name], sent[name], [...path, name]))
}

const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
