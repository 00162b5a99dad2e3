import { AzureCallError, isPassing } from '../../azure/errors.ts'
import { UnreadableRecord } from '../../contracts/unreadable-record.ts'
import { findingOf } from '../../domain/checks/checks.ts'
import { findingOfRefusal } from '../../domain/checks/refused.ts'
import { sweptCheck } from '../../domain/checks/unreachable.ts'
import { isUnreadable, unreadableSweptCheck } from '../../domain/checks/unreadable.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import { narrowestIn } from '../../domain/terms/refused.ts'

export type Unseen = AzureCallError | UnreadableRecord

export const isUnseen = (error: unknown): error is Unseen =>
  error instanceof AzureCallError || error instanceof UnreadableRecord

/** What a sweep says of what it could not look at. `named`: the very thing, where a look is of several. */
export function unseen(error: Unseen, resource: string, named = resource): Finding {
  if (error instanceof AzureCallError && error.refused)
    return findingOfRefusal({ ...error.refused, settled: true }, { requirement: 'R45', resource, suffixes: [resource] })
  const isRefusal = error instanceof AzureCallError && !isUnreadable(error.kind)
  const seen = {
    observed: { refusal: error instanceof AzureCallError ? error.told : error.message },
    expected: undefined
  }
  return findingOf(isRefusal ? sweptCheck : unreadableSweptCheck, seen, { resource: named, suffix: resource })
}

/** The same of each, one after the other: what cannot be looked at of one hides nothing of the others. */
export async function unlessUnseenEach<T>(
  all: Iterable<T>,
  resourceOf: (each: T) => string,
  look: (each: T) => Promise<readonly Finding[]>
): Promise<readonly Finding[]> {
  const found: Finding[] = []
  for (const each of all) found.push(...(await unlessUnseen(resourceOf(each), () => look(each))))
  return found
}

/** What is found; or, where Azure finally refuses or says what nobody can read, that. What passes is asked again by itself. */
export async function unlessUnseen(
  resource: string,
  look: () => Promise<readonly Finding[]>
): Promise<readonly Finding[]> {
  try {
    return await look()
  } catch (error) {
    if (isPassing(error)) return []
    if (!isUnseen(error)) throw error
    return [unseen(error, resource, error instanceof AzureCallError ? narrowestIn(error.place) : undefined)]
  }
}
