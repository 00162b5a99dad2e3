import { effectOf } from '../../contracts/activities.ts'
import type { OfLedger } from '../../contracts/ledger.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import type { Author } from '../../domain/ledger/chains.ts'
import type { SayingOf } from '../../domain/ledger/entry.ts'
import { heldIn } from '../../domain/ledger/held.ts'
import type { Outcome } from '../../domain/terms/outcome.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { addAs, bothChains } from './own-chain.ts'

/**
 * Acts, unless the ledger says that it may not (LEDGER rule 11). What cannot be undone says first that it is about to act, and
 * only then looks: of it and a cancel that is said at the same moment, one always sees the other. In the chain that took what was
 * said, that is the look. Without an author no onboarding is at work, and nothing is asked.
 */
export async function heeding<T>(
  store: RecordStore,
  { activity, input }: { readonly activity: string; readonly input: object },
  act: () => Promise<Outcome<T>>
): Promise<Outcome<T>> {
  const effect = effectOf(activity, input)
  const { as, onboarding }: Partial<OfLedger> = input
  if (effect === undefined || as === undefined || onboarding === undefined) return act()
  const { intent: id } = effect
  const intent = id === undefined ? undefined : ({ kind: 'intent', id, activity, generation: as.generation } as const)
  const justAdded = intent && (await addAs(store, as, intent))
  const { own, whole } = await bothChains(store, as, { onboarding, justAdded })
  const held = heldIn(own, whole, as.generation)
  const outcome = held === undefined ? await act() : { held: { kind: held } }
  if (intent) await tellOutcome(store, as, { intent: intent.id, outcome })
  return outcome
}

interface Came {
  readonly intent: string
  readonly outcome: Outcome<unknown>
}

/** Each word about an intent once: it may be held, or refused, before it is done. A newer generation tells for itself. */
async function tellOutcome(
  store: RecordStore,
  { chain, generation }: Author,
  { intent, outcome }: Came
): Promise<void> {
  const word = wordOf(outcome)
  if (word === undefined) return
  const id = `${intent}.${word}`
  await chainsIn(store).add(chain, { kind: 'outcome', id, intent, outcome: word, generation })
}

function wordOf(outcome: Outcome<unknown>): SayingOf<'outcome'>['outcome'] | undefined {
  if ('done' in outcome) return 'done'
  if ('refused' in outcome) return 'refused'
  return 'held' in outcome && outcome.held.kind !== 'superseded' ? 'held' : undefined
}
