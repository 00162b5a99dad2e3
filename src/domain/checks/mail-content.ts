import type { Slot } from '../terms/evidence.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

/** What Microsoft must find in a mail about one onboarding (R24), by the plan, the offers and what Azure showed. */
export interface ContentExpected {
  readonly services: readonly { readonly workload: Workload; readonly requestId: string }[]
  /** The state of the registration in each, as Azure showed it just before. */
  readonly subscriptions: readonly { readonly slot: Slot; readonly subscriptionId: string; readonly state: string }[]
}

/** What of it a text has, read as its receiver reads it: by its headings. Nothing here knows how the text is composed. */
export interface ContentFound {
  /** Services with their request id and both subscription ids, in a part of their own. */
  readonly services: number
  /** Subscriptions whose own part shows the state that Azure showed, once. */
  readonly outputs: number
}

export function contentOf(text: string, { services, subscriptions }: ContentExpected): ContentFound {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const ids = subscriptions.map(({ subscriptionId }) => subscriptionId)
  return {
    services: services.filter(({ workload, requestId }) => {
      const words = wordsIn(part(lines, /^$/, `Service: ${workloads[workload].title}`))
      return requestId !== '' && [requestId, ...ids].every((id) => words.includes(id.toLowerCase()))
    }).length,
    outputs: subscriptions.filter(({ subscriptionId, state }) => {
      const shown = part(lines, /^(Subscription|Service:) \S+/, `Subscription ${subscriptionId}`).flatMap(
        (line) => featureRow.exec(line)?.[1] ?? []
      )
      return sent.includes(state) && shown.length === 1 && shown[0] === state
    }).length
  }
}

/**
 * A registration that was asked for and not taken back shows one of these; Azure has `NotSpecified`, `NotRegistered`,
 * `Unregistering` and `Unregistered` beside them, and no other: `SubscriptionFeatureRegistrationState` of its definitions,
 * https://learn.microsoft.com/javascript/api/@azure/arm-features/knownsubscriptionfeatureregistrationstate
 */
const sent: readonly string[] = ['Pending', 'Registering', 'Registered']

/** A row as Get-AzProviderFeature lays it out. */
const featureRow = /^mandatoryRetentionPeriodEnabled\s+Microsoft\.Resources\s+(\S+)$/

/** The lines from a heading to what ends its part; none where there is no such heading, or more than one. */
function part(lines: readonly string[], end: RegExp, heading: string): readonly string[] {
  const [from, ...others] = lines.flatMap((line, index) => (line === heading ? [index + 1] : []))
  if (from === undefined || others.length > 0) return []
  const length = lines.slice(from).findIndex((line) => end.test(line))
  return length === -1 ? lines.slice(from) : lines.slice(from, from + length)
}

const wordsIn = (lines: readonly string[]): string[] => lines.flatMap((line) => line.toLowerCase().split(/\s+/))
