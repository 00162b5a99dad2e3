import type { Service, Surroundings } from '../core/service.ts'
import { afterBusinessDays } from './business-days.ts'
import { retentions, type Retention } from '../arm/features/retention.ts'

/** How the people at Microsoft behave. Kept in the world, so that a resumed rehearsal meets the same people. */
export interface MicrosoftScript {
  /** Business days from the alias mail, or the registration if that came later, to the answer. */
  readonly approveAfterBusinessDays: number
  /**
   * `approve`, when absent. `refuse`: the first request is turned down, the next one approved. `approve-one`: the
   * subscription that asked first is approved, the other only once it asks again. `never`: nobody answers.
   */
  readonly answer?: 'approve' | 'refuse' | 'approve-one' | 'never'
  /** Business days from the approval to the day on which somebody takes the registrations back; never when absent. */
  readonly unregisterAfterBusinessDays?: number
}

/** What an alias mail says, as far as Microsoft reads it. */
export interface AcceptedMail {
  /** Addresses only. */
  readonly to: readonly string[]
  readonly text: string
}

/** Called by the e-mail service for every mail it accepts. */
export function onMailAccepted({ to, text }: AcceptedMail, around: Surroundings): void {
  if (!to.some((address) => ALIASES.has(address.toLowerCase()))) return
  for (const [id] of text.matchAll(GUID)) note(id, 'mailedAt', around)
}

/** Called when a subscription asks for the feature. */
export function onRetentionRequested(subscriptionId: string, around: Surroundings): void {
  const known = retentions(around.world).get(subscriptionId.toLowerCase())
  if ((known?.refusedAt ?? known?.unregisteredAt ?? known?.passedOver) === undefined) {
    note(subscriptionId, 'requestedAt', around)
    return
  }
  const { subscriptionId: id, mailedAt } = known ?? { subscriptionId }
  const requestedAt = around.clock.now()
  set(around.world, { subscriptionId: id, requestedAt, ...(mailedAt && { mailedAt }), askedAgain: true })
  scheduleAnswer(around)
}

/** Handlers of what Microsoft does by itself. */
export const microsoftAgenda: NonNullable<Service['agenda']> = {
  'microsoft-approval': (_payload, around) => {
    const { world, clock } = around
    for (const retention of answered(world))
      set(world, { ...retention, ...wordOn(retention, scriptOf(world), clock.now()) })
    for (const { subscriptionId } of waiting(world)) note(subscriptionId, 'passedOver', around)
    const kind = 'microsoft-notification'
    clock.schedule({ kind, key: `${kind}/${clock.now()}`, at: clock.now() + HOUR, payload: {} })
    scheduleUnregistering(around)
  },
  // In life this is Microsoft's answer by mail; a scripted person looks at the clock and reports it.
  'microsoft-notification': () => undefined,
  'retention-unregistered': (_payload, { world, clock }) => {
    for (const retention of retentions(world).values()) {
      if (retention.approvedAt !== undefined) set(world, { ...retention, unregisteredAt: clock.now() })
    }
  }
}

// R22.
const ALIASES = new Set(['exock@microsoft.com', 'spock@microsoft.com', 'm365-ck@service.microsoft.com'])
const GUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi
const HOUR = 60 * 60 * 1000

/** Keeps the first instant of each fact: saying it again moves nothing. */
function note(id: string, fact: 'mailedAt' | 'requestedAt' | 'passedOver', around: Surroundings): void {
  const { world, clock } = around
  const subscriptionId = id.toLowerCase()
  const known = retentions(world).get(subscriptionId) ?? { subscriptionId }
  if (known[fact] !== undefined) return
  set(world, { ...known, [fact]: clock.now() })
  if (fact !== 'passedOver') scheduleAnswer(around)
}

/** Both subscriptions of a tenant are answered together, counted from whatever came last. */
function scheduleAnswer({ world, clock }: Surroundings): void {
  const facts = waiting(world).flatMap(({ requestedAt, mailedAt }) => [requestedAt ?? 0, mailedAt ?? 0])
  const { approveAfterBusinessDays, answer } = scriptOf(world)
  if (facts.length === 0 || answer === 'never') return
  // Whoever asked again waits from now on, not from the mail of weeks ago.
  const from = waiting(world).some(({ askedAgain }) => askedAgain) ? clock.now() : Math.max(...facts)
  const at = afterBusinessDays(from, approveAfterBusinessDays)
  clock.schedule({ kind: 'microsoft-approval', key: 'microsoft-approval', at, payload: {} })
}

function scheduleUnregistering({ world, clock }: Surroundings): void {
  const { unregisterAfterBusinessDays: days } = scriptOf(world)
  if (
    days === undefined ||
    !retentions(world)
      .values()
      .some(({ approvedAt }) => approvedAt !== undefined)
  )
    return
  const kind = 'retention-unregistered'
  clock.schedule({ kind, key: kind, at: afterBusinessDays(clock.now(), days), payload: {} })
}

/** Whom Microsoft answers this time. */
function answered(world: Surroundings['world']): Retention[] {
  const all = waiting(world)
  return scriptOf(world).answer === 'approve-one'
    ? all.filter(({ askedAgain }, index) => index === 0 || askedAgain)
    : all
}

function wordOn({ askedAgain }: Retention, { answer }: MicrosoftScript, now: number): Partial<Retention> {
  return answer === 'refuse' && !askedAgain ? { refusedAt: now } : { approvedAt: now }
}

function waiting(world: Surroundings['world']): Retention[] {
  return retentions(world)
    .values()
    .filter(
      ({ requestedAt, mailedAt, approvedAt, refusedAt }) =>
        requestedAt !== undefined && mailedAt !== undefined && (approvedAt ?? refusedAt) === undefined
    )
}

function set(world: Surroundings['world'], retention: Retention): void {
  retentions(world).set(retention.subscriptionId, retention)
}

const DEFAULT_SCRIPT: MicrosoftScript = { approveAfterBusinessDays: 4 }

function scriptOf(world: Surroundings['world']): MicrosoftScript {
  return scripts(world).get('microsoft') ?? DEFAULT_SCRIPT
}

/** The one script of a state, under `microsoft`. */
export function scripts(world: Surroundings['world']) {
  return world.collection<MicrosoftScript>('scripts')
}
