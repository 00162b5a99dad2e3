import type { Service, Surroundings } from '../core/service.ts'
import { afterBusinessDays } from './business-days.ts'
import { retentions, type Retention } from './retention.ts'

/** How the people at Microsoft behave. Kept in the world, so that a resumed rehearsal meets the same people. */
export interface MicrosoftScript {
  /** Business days from the alias mail, or the registration if that came later, to the approval. */
  readonly approveAfterBusinessDays: number
}

/** What an alias mail says, as far as Microsoft reads it. */
export interface AcceptedMail {
  /** Addresses only. */
  readonly to: readonly string[]
  readonly text: string
}

/** Called by the e-mail service for every mail it accepts. */
export function onMailAccepted({ to, text }: AcceptedMail, around: Surroundings): void {
  if (!to.some(address => ALIASES.has(address.toLowerCase()))) return
  for (const [id] of text.matchAll(GUID)) note(id, 'mailedAt', around)
}

/** Called when a subscription asks for the feature. */
export function onRetentionRequested(subscriptionId: string, around: Surroundings): void {
  note(subscriptionId, 'requestedAt', around)
}

/** Handlers of what Microsoft does by itself. */
export const microsoftAgenda: NonNullable<Service['agenda']> = {
  'microsoft-approval': (_payload, { world, clock }) => {
    const approvedAt = clock.now()
    for (const retention of waiting(world)) set(world, { ...retention, approvedAt })
    const kind = 'microsoft-notification'
    clock.schedule({ kind, key: `${kind}/${approvedAt}`, at: approvedAt + HOUR, payload: {} })
  },
  // In life this is Microsoft's answer by mail; a scripted person looks at the clock and reports it.
  'microsoft-notification': () => undefined
}

// R22.
const ALIASES = new Set(['exock@microsoft.com', 'spock@microsoft.com', 'm365-ck@service.microsoft.com'])
const GUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi
const HOUR = 60 * 60 * 1000

/** Keeps the first instant of each fact: saying it again moves nothing. */
function note(id: string, fact: 'mailedAt' | 'requestedAt', around: Surroundings): void {
  const { world, clock } = around
  const subscriptionId = id.toLowerCase()
  const known = retentions(world).get(subscriptionId) ?? { subscriptionId }
  if (known[fact] !== undefined) return
  set(world, { ...known, [fact]: clock.now() })
  scheduleApproval(around)
}

/** Both subscriptions of a tenant are approved together, counted from whatever came last. */
function scheduleApproval({ world, clock }: Surroundings): void {
  const facts = waiting(world).flatMap(({ requestedAt, mailedAt }) => [requestedAt ?? 0, mailedAt ?? 0])
  if (facts.length === 0) return
  const { approveAfterBusinessDays } = scriptOf(world)
  const at = afterBusinessDays(Math.max(...facts), approveAfterBusinessDays)
  clock.schedule({ kind: 'microsoft-approval', key: 'microsoft-approval', at, payload: {} })
}

function waiting(world: Surroundings['world']): Retention[] {
  return retentions(world).values().filter(({ requestedAt, mailedAt, approvedAt }) =>
    requestedAt !== undefined && mailedAt !== undefined && approvedAt === undefined)
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
