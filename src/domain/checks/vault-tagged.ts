import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'

export interface TagObserved {
  readonly tagged: boolean
}

export interface TagExpected {
  readonly vaultName: string
  /** What the tag is to say: the onboarding that made the vault, or `adopted`. */
  readonly onboarding: string
}

/** By the tag the app knows whose events to follow; and only somebody with rights on a vault can put it on. */
export const vaultTaggedChecks: readonly Check<TagObserved, TagExpected>[] = [
  {
    code: 'vault-tagged',
    requirement: 'R45',
    on: 'vault',
    expected: () => 'the tag customer-key-onboarding, by which somebody with rights on the vault hands it over',
    holds: ({ tagged }) => tagged,
    describe: ({ tagged }) => (tagged ? 'tagged' : 'without the tag'),
    overridable: false,
    means:
      'The vault lacks the tag customer-key-onboarding. Without it the app drops the vault’s events, and only the sweep backs it ' +
      'up; nobody without rights on a vault can hand it over either.',
    look: ['az resource show --ids $(az keyvault show --name VAULT --query id --output tsv) --query tags'],
    cure: (_, { vaultName, onboarding }) =>
      `Put the tag on: az resource tag --is-incremental --tags customer-key-onboarding=${onboarding} --ids $(az keyvault show --name ` +
      `${vaultName} --query id --output tsv).`,
    afterwards:
      `Before a hand-off: ${retried} A vault that others made and hand over: send \`POST /api/vaults\` again. Of one that is looked after, ` +
      'the next sweep sees it.',
    broken: [{ observed: { tagged: false }, expected: { vaultName: 'VAULT', onboarding: 'adopted' } }]
  }
]
