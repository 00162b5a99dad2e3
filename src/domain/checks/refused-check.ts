import type { Requirement } from '../terms/evidence.ts'
import type { Refused } from '../terms/refused.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import type { ResourceKind } from './look.ts'

/** What was refused; undefined where nothing was. */
export interface RefusedCheck extends Check<Refused | undefined, undefined> {
  /** The finding has the requirement of the step that was to be done; the check itself then says R7. */
  readonly ofStep: boolean
}

interface RefusedParts {
  readonly code: Refused['cause']
  readonly requirement: Requirement | 'of the step'
  readonly on: ResourceKind
  readonly expected: string
  readonly means: string
  readonly look: readonly string[]
  readonly cure: (refused: Refused) => string
  /** Azure's words, as documents and users have them. */
  readonly says: string
  readonly afterwards?: string
  /** What is to be mended, where it lies above one vault or key (`Finding`). */
  readonly cause?: (refused: Refused) => string | undefined
  readonly example?: Partial<Refused>
}

/** A check of one cause of the table in `src/domain/terms/causes.ts`: Azure's word is the observation. */
export function refusedCheck({
  requirement,
  expected,
  cure,
  says,
  example,
  cause,
  ...parts
}: RefusedParts): RefusedCheck {
  return {
    afterwards: retried,
    ...parts,
    ofStep: requirement === 'of the step',
    requirement: requirement === 'of the step' ? 'R7' : requirement,
    expected: () => expected,
    holds: (refused) => refused === undefined,
    describe: (refused) => refused?.observed ?? expected,
    overridable: false,
    cure: (refused) => (refused ? cure(refused) : ''),
    cause: (refused) => (refused ? cause?.(refused) : undefined),
    broken: [{ observed: { ...inCapitals, cause: parts.code, observed: says, ...example }, expected: undefined }]
  }
}

const inCapitals = {
  identity: 'slot-1',
  place: { subscriptionId: 'SUB', resourceGroup: 'GROUP', vault: 'VAULT', key: 'KEY', store: 'STORE' }
} as const

/** `… of subscription SUB`; of nothing that has no name. */
export const causeOfSubscription =
  (words: (subscriptionId: string) => string) =>
  ({ place: { subscriptionId } }: Pick<Refused, 'place'>): string | undefined =>
    subscriptionId === undefined ? undefined : words(subscriptionId.toLowerCase())

/** `of subscription SUB`; nothing where the call did not tell which. */
export const inSubscription = ({ place: { subscriptionId } }: Refused): string =>
  subscriptionId === undefined ? '' : ` --subscription ${subscriptionId}`
