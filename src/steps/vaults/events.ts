import { callsOf, type Reading } from '../../domain/terms/reading.ts'
import type { VaultEvents, EventTarget } from '../../domain/resources/event-subscription.ts'
import type { Config } from '../../config/config.ts'
import { runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { eventsChecks, isUnfinished, type EventsExpected } from '../../domain/checks/events.ts'
import { eventsTakenChecks } from '../../domain/checks/events-taken.ts'
import type { NotYet } from '../../contracts/activities.ts'
import { AzureCallError, isPassing } from '../../azure/errors.ts'
import { vaultResourceId } from '../../domain/terms/vault-id.ts'
import { shortRegion } from '../../domain/terms/short-region.ts'
import type { Reach } from '../step.ts'
import type { VaultHome } from '../../domain/plan/plan.ts'

interface Moment {
  readonly onboarding: string
  /** ISO 8601 UTC */
  readonly now: string
  /** Of the request: a topic that is made has them too. */
  readonly tags?: Readonly<Record<string, string>>
}

/**
 * Begins what brings a vault's events here. Azure takes a while over it: `eventsMade` wants it finished, and says what Event
 * Grid has against it. Nothing of it keeps a vault from its key (DESIGN rule 11).
 */
export async function beginEvents(
  { azure, config }: Reach,
  vault: VaultHome,
  { onboarding, tags }: Omit<Moment, 'now'>
): Promise<void> {
  const wanted = eventsWanted(config, vault)
  if (wanted) await orRefusal(() => azure.slot(vault.slot).events.make(vault, wanted, onboarding, tags))
}

export interface EventsResults extends NotYet {
  readonly results: readonly CheckResults[]
}

/** Makes what is still absent of it, and checks what was read back. Nothing where no webhook is set. */
export async function eventsMade(
  reach: Reach,
  vault: VaultHome,
  { onboarding, now, tags }: Moment
): Promise<EventsResults> {
  const wanted = eventsWanted(reach.config, vault)
  if (!wanted) return { results: [] }
  const { events } = reach.azure.slot(vault.slot)
  const made = await orRefusal(() => events.make(vault, wanted, onboarding, tags))
  if (!(made instanceof AzureCallError)) {
    const results = resultsOf(made, { wanted, now })
    return isUnfinished(made.value) ? { results, notYet: unfinished(made.value) } : { results }
  }
  const results = resultsAfter(made, await orRefusal(() => events.read(vault)), { vault, wanted, now })
  return isPassing(made) || made.code === unregistered ? { results, notYet: made.message } : { results }
}

/** What there is in spite of a refusal: a verification will see the same, so that one override is enough. */
function resultsAfter(
  { told: refusal }: AzureCallError,
  seen: Reading<VaultEvents> | AzureCallError,
  { vault, ...against }: Against & { readonly vault: VaultHome }
): CheckResults[] {
  if (seen instanceof AzureCallError) return [refusedResult(seen, vault, against.now)]
  return resultsOf({ ...seen, value: { ...seen.value, refusal } }, against)
}

/**
 * Checks it as it is, by a list that is shared under `look`. Where Event Grid is out of breath there is nothing to check: every
 * sweep looks again.
 */
export async function eventsSeen(
  { azure, config }: Reach,
  vault: VaultHome,
  { onboarding, now, look }: Omit<Moment, 'tags'> & { readonly look?: string }
): Promise<CheckResults[]> {
  const target = eventsWanted(config, vault)
  if (!target) return []
  const wanted = { ...target, byHand: { vaultId: vaultResourceId(vault), onboarding } }
  const seen = await orRefusal(() => azure.slot(vault.slot).events.read(vault, look))
  if (!(seen instanceof AzureCallError)) return resultsOf(seen, { wanted, now })
  return isPassing(seen) ? [] : [refusedResult(seen, vault, now)]
}

/** A provider that was registered minutes ago is not everywhere yet. */
const unregistered = 'MissingSubscriptionRegistration'

/** What Azure has against it is told, and stops nothing. */
async function orRefusal<T>(work: () => Promise<T>): Promise<T | AzureCallError> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AzureCallError) return error
    throw error
  }
}

const unfinished = ({ topic, subscription }: VaultEvents): string =>
  [
    topic ? `the system topic is ${topic.provisioningState}` : 'there is no system topic yet',
    subscription ? `its event subscription is ${subscription.provisioningState}` : 'there is no event subscription yet'
  ].join(', ')

function refusedResult({ told, call }: AzureCallError, { vaultName }: VaultHome, at: string): CheckResults {
  const about = { resource: vaultName, suffix: vaultName, at, call }
  return runChecks(eventsTakenChecks, { vaultName, refusal: told }, undefined, about)
}

/** Undefined where no webhook is set. */
export function eventsWanted({ events }: Config, { slot, region }: VaultHome): EventTarget | undefined {
  if (!events) return undefined
  const { identity, store } = events.deadLetters[slot]
  const [endpoint = ''] = events.endpoint.split('?', 1)
  return { region: shortRegion(region), endpoint, deadLetterIdentity: identity, deadLetterStore: store }
}

interface Against {
  readonly wanted: EventsExpected
  readonly now: string
}

function resultsOf({ value, ...by }: Reading<VaultEvents>, { wanted, now: at }: Against): CheckResults[] {
  const { vaultName } = value
  return [runChecks(eventsChecks, value, wanted, { resource: vaultName, suffix: vaultName, at, call: callsOf(by) })]
}
