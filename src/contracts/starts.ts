import type { Pointer } from '../domain/ledger/entry.ts'
import type { Person } from '../domain/people/person.ts'
import type { OnboardingInput } from './orchestrations.ts'
import type { VaultSetUpInput } from './vault-set-up.ts'

/** What instances are started with, of whichever generation: records outlive the hub that an instance is in. */
export interface Starts {
  /** Keeps who starts an onboarding, before its tenant is claimed; the first stays. */
  keepStarter(onboarding: string, starter: Starter): Promise<void>
  /** Undefined where its plan was never kept. */
  onboarding(requestId: string): Promise<StartOfOnboarding | undefined>
  keepBranch(input: VaultSetUpInput): Promise<Pointer>
  branch(input: Pointer): Promise<Unnumbered<VaultSetUpInput>>
}

/** In a document that can be erased: the ledger knows the object id alone. */
export interface Starter {
  /** UPN */
  readonly by: string
  readonly person: Person
}

export interface StartOfOnboarding {
  readonly input: Unnumbered<OnboardingInput>
  /** Absent where that was erased, or the start was cut short. */
  readonly person?: Person
}

/** What every generation of an instance is started with. */
export type Unnumbered<Input extends { readonly generation: number }> = Omit<Input, 'generation'>
