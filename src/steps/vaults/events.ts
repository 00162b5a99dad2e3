import type { Reading } from '../../domain/terms/reading.ts'
import type { VaultEvents, EventTarget } from '../../domain/resources/event-subscription.ts'
import type { Config } from '../../config/config.ts'
import { runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { eventsChecks, isUnfinished } from '../../domain/checks/events.ts'
import { shortRegion } from '../../domain/terms/short-region.ts'
import type { Reach } from '../step.ts'
import type { VaultHome } from '../../domain/plan/plan.ts'

interface Moment {
  readonly onboarding: string
  /** ISO 8601 UTC */
  readonly now: string
}

/** Begins what brings a vault's events here. Azure takes a while over it: `eventsMade` wants it finished. */
export async function beginEvents({ azure, config }: Reach, vault: VaultHome, onboarding: string): Promise<void> {
  const wanted = wantedOf(config, vault)
  if (wanted) await azure.slot(vault.slot).events.make(vault, wanted, onboarding)
}

/** Makes what is still absent of it, and checks what was read back. Nothing where no webhook is set. */
export async function eventsMade(reach: Reach, vault: VaultHome, { onboarding, now }: Moment): Promise<CheckResults[]> {
  const wanted = wantedOf(reach.config, vault)
  if (!wanted) return []
  const seen = await reach.azure.slot(vault.slot).events.make(vault, wanted, onboarding)
  if (!isUnfinished(seen.value)) return resultsOf(seen, { wanted, now })
  throw new Error(
    `Event Grid has not finished the event subscription of ${vault.vaultName}. It is looked for again. Where this ` +
      'lasts, the webhook does not answer Event Grid: look that the app runs and CKEY_EVENT_ENDPOINT holds its present key.'
  )
}

/** Checks it as it is. */
export async function eventsSeen({ azure, config }: Reach, vault: VaultHome, now: string): Promise<CheckResults[]> {
  const wanted = wantedOf(config, vault)
  return wanted ? resultsOf(await azure.slot(vault.slot).events.read(vault), { wanted, now }) : []
}

function wantedOf({ events }: Config, { slot, region }: VaultHome): EventTarget | undefined {
  if (!events) return undefined
  const { identity, store } = events.deadLetters[slot]
  const [endpoint = ''] = events.endpoint.split('?', 1)
  return { region: shortRegion(region), endpoint, deadLetterIdentity: identity, deadLetterStore: store }
}

interface Against {
  readonly wanted: EventTarget
  readonly now: string
}

function resultsOf({ value, call }: Reading<VaultEvents>, { wanted, now: at }: Against): CheckResults[] {
  const { vaultName } = value
  return [runChecks(eventsChecks, value, wanted, { resource: vaultName, suffix: vaultName, at, call })]
}
