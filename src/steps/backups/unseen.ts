import { AzureCallError, isPassing } from '../../azure/errors.ts'
import { UnreadableRecord } from '../../contracts/unreadable-record.ts'
import { findingOf } from '../../domain/checks/checks.ts'
import { findingOfRefusal, lookedFor } from '../../domain/checks/refused.ts'
import { stepCheck, sweptCheck } from '../../domain/checks/unreachable.ts'
import { isUnreadable, unreadableStepCheck, unreadableSweptCheck } from '../../domain/checks/unreadable.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import { narrowestIn } from '../../domain/terms/refused.ts'

export type Unseen = AzureCallError | UnreadableRecord

export const isUnseen = (error: unknown): error is Unseen =>
  error instanceof AzureCallError || error instanceof UnreadableRecord

const ofKeys = { refused: sweptCheck, unreadable: unreadableSweptCheck }
const ofPromises = { refused: stepCheck, unreadable: unreadableStepCheck }

/** What a sweep says of a key, its backup or a vault that it could not look at. */
export const unseen = (error: Unseen, resource: string): Finding =>
  causeKnown(error, resource) ?? seenOf(error, { resource, suffix: resource }, ofKeys)

/** The same of what else was promised: it is what was asked for that nobody knows, and no backup; of several, the very thing. */
function promiseUnseen(error: Unseen, suffix: string): Finding {
  const place = error instanceof AzureCallError ? narrowestIn(error.place) : undefined
  const about = { resource: place ?? suffix, suffix }
  const requirement = error instanceof AzureCallError ? lookedFor(error.operation) : undefined
  const known = causeKnown(error, suffix)
  if (known || requirement === undefined) return known ?? seenOf(error, about, ofKeys)
  return { ...seenOf(error, about, ofPromises), requirement }
}

const causeKnown = (error: Unseen, resource: string): Finding | undefined =>
  error instanceof AzureCallError && error.refused
    ? findingOfRefusal({ ...error.refused, settled: true }, { requirement: 'R45', resource, suffixes: [resource] })
    : undefined

interface About {
  readonly resource: string
  readonly suffix: string
}

function seenOf(error: Unseen, about: About, { refused, unreadable }: typeof ofKeys | typeof ofPromises): Finding {
  const isRefusal = error instanceof AzureCallError && !isUnreadable(error.kind)
  const refusal = error instanceof AzureCallError ? error.told : error.message
  return findingOf(isRefusal ? refused : unreadable, { observed: { refusal }, expected: undefined }, about)
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
    if (isUnseen(error)) return [promiseUnseen(error, resource)]
    throw error
  }
}
