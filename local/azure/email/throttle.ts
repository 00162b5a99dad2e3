import { AzureError, type Surroundings } from '../core/service.ts'

/**
 * Counts one request against the limits of a minute and an hour; 429 with the time to wait beyond them.
 * https://learn.microsoft.com/azure/communication-services/concepts/service-limits
 */
export function countEmailRequest(kind: 'send' | 'status', sender: string, { world, clock }: Surroundings): void {
  const requests = world.collection<{ at: readonly number[] }>('emailRequests')
  const now = clock.now()
  const recent = (requests.get(kind)?.at ?? []).filter((at) => at > now - hour)
  for (const [span, most] of limitsOf(kind, sender)) {
    const within = recent.filter((at) => at > now - span)
    const oldest = within[within.length - most]
    if (oldest !== undefined) throw tooMany(Math.ceil((oldest + span - now) / 1000))
  }
  requests.set(kind, { at: [...recent, now] })
}

const minute = 60_000
const hour = 60 * minute

/** A domain that Azure manages sends little; a domain of one's own more. */
function limitsOf(kind: 'send' | 'status', sender: string): readonly (readonly [span: number, most: number])[] {
  const isManaged = sender.toLowerCase().endsWith('.azurecomm.net')
  if (kind === 'send')
    return isManaged
      ? [
          [minute, 5],
          [hour, 10]
        ]
      : [
          [minute, 30],
          [hour, 100]
        ]
  return isManaged
    ? [
        [minute, 10],
        [hour, 20]
      ]
    : [
        [minute, 60],
        [hour, 200]
      ]
}

const tooMany = (seconds: number): AzureError =>
  new AzureError(
    429,
    'TooManyRequests',
    `The request is throttled because it exceeded the limits. Try again after ${String(seconds)} seconds.`,
    { 'retry-after': String(seconds) }
  )
