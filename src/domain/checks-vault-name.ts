import { findingCode, type Check } from './checks.ts'

/** What Azure says about a vault name of the plan. */
export interface VaultNameSeen {
  readonly vaultName: string
  readonly available: boolean
  /** Azure's reason for "not available", e.g. `AlreadyExists`. */
  readonly reason: string | undefined
  /** It exists where the plan puts it, with this onboarding's tag. */
  readonly ours: boolean
  /** A deleted vault of our subscription holds the name. */
  readonly softDeleted: boolean
}

export const vaultNameChecks: readonly Check<VaultNameSeen>[] = [
  {
    code: 'vault-name-free',
    requirement: 'R31',
    expected: 'the name is free, or already this onboarding’s own',
    holds: ({ available, ours }) => available || ours,
    describe: ({ available, reason, ours, softDeleted }) => {
      if (available) return 'free'
      if (ours) return 'ours already'
      return softDeleted ? 'held by a deleted vault' : `taken${reason === undefined ? '' : `: ${reason}`}`
    },
    remedy: ({ vaultName, softDeleted }) =>
      softDeleted
        ? `A deleted vault of this subscription holds ${vaultName} for up to 90 days. Override with why it is yours to use: ` +
          'the app then recovers it with all its keys. Or cancel, and start anew with vaultNames of your own.'
        : `Somebody holds ${vaultName}, perhaps in another tenant. Start anew with another namePrefix or with ` +
          'vaultNames of your own.',
    overridable: ({ softDeleted }) => softDeleted
  }
]

/** Code of the finding whose override means: recover the deleted vault. */
export const vaultNameFinding = (vaultName: string): string => findingCode('vault-name-free', vaultName)
