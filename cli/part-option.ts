import { InvalidArgumentError } from 'commander'
import type { Identity } from '../src/domain/terms/evidence.ts'

/** What of a deployment is looked at. */
export const parts: readonly Identity[] = ['app', 'slot-1', 'slot-2']

/** Each time it is said, one more. */
export function readPart(value: string, before: readonly Identity[] = []): readonly Identity[] {
  const part = parts.find((each) => each === value)
  if (part) return [...before, part]
  throw new InvalidArgumentError('Give app, slot-1 or slot-2.')
}
