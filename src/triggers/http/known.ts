import type { Entry } from '../../domain/ledger/entry.ts'
import type { Sighting } from '../../domain/ledger/takeover.ts'
import type { OnboardingState } from '../../domain/views/documents.ts'
import type { InstanceOf } from '../instance.ts'

/** The instance that carries an onboarding now, and what the ledger says of the whole: instances come and go. */
export interface Onboarding extends Omit<InstanceOf<'onboarding'>, 'state' | 'output'> {
  readonly state: Sighting['state']
  readonly stands: OnboardingState
  /** Of its chain. */
  readonly entries: readonly Entry[]
}

export type Branch = InstanceOf<'vaultSetUp'>
