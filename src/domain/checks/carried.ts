import { stops, type StopCode } from '../ledger/takeover-texts.ts'
import { entriesOf } from '../terms/entries.ts'
import type { Check } from './checks.ts'

/** Why an onboarding, or one of its vaults, has no instance that carries it. Undefined: it has, or gets one by itself. */
export interface CarriedObserved {
  readonly stop: StopCode | undefined
}

/** The story stands still, and the app must not decide by itself how it goes on (src/domain/ledger/takeover.ts). */
export const carriedCheck: Check<CarriedObserved, undefined> = {
  code: 'stopped',
  requirement: 'R7',
  on: 'step',
  expected: () => 'an instance of this app carries it',
  holds: ({ stop }) => stop === undefined,
  describe: ({ stop }) => (stop === undefined ? 'an instance carries it' : stops[stop].observed),
  overridable: false,
  means:
    'The instance of Durable Functions that carried the onboarding, or one of its vaults, is gone in a way that somebody may have ' +
    'wanted, or dies again and again. What was said, decided and done stands in the ledger; nothing goes on before a person says so.',
  look: [
    'az monitor app-insights query --app INSIGHTS --resource-group GROUP --analytics-query ' +
      `"traces | where message startswith 'taken-over ' or message startswith 'finding code=stopped' | project timestamp, message"`
  ],
  cure: ({ stop }) => (stop === undefined ? 'Nothing to do.' : stops[stop].remedy),
  afterwards:
    'Somebody with the role Approver says `ckey take-over ID`, or “Have a new instance take over” on the page: within a minute ' +
    'a new instance goes on in the open chapter. What was answered counts, nobody is asked twice, and nothing is done twice. ' +
    '`ckey retry ID` does the same for what stopped for this reason. `ckey cancel ID` ends the onboarding: a new instance takes ' +
    'over only to write its report.',
  broken: entriesOf(stops).map(([stop]) => ({ observed: { stop }, expected: undefined }))
}
