import type { VaultName } from '../resources/vault.ts'
import { retried } from './afterwards.ts'
import { findingCode, type Check } from './checks.ts'

const maker = (heldBy: string): string =>
  heldBy === '' ? 'somebody, without a tag of this app' : `onboarding "${heldBy}"`

const broken = (change: Partial<VaultName>) => ({
  observed: {
    vaultName: 'VAULT',
    available: false,
    reason: 'AlreadyExists',
    ours: false,
    softDeleted: false,
    heldBy: undefined,
    ...change
  },
  expected: undefined
})

export const vaultNameChecks: readonly Check<VaultName, undefined>[] = [
  {
    code: 'vault-name-free',
    requirement: 'R31',
    on: 'vault',
    expected: () => 'the name is free, or already this onboarding’s own',
    holds: ({ available, ours }) => available || ours,
    describe: ({ available, reason, ours, softDeleted, deletedIn, heldBy }) => {
      if (available) return 'free'
      if (ours) return 'ours already'
      if (heldBy !== undefined) return `made already where the plan puts it, by ${maker(heldBy)}`
      if (deletedIn !== undefined) return `held by a vault of this subscription that was deleted in ${deletedIn}`
      if (reason === 'AccountNameInvalid') return `no name of a vault: ${reason}`
      return softDeleted ? 'held by a deleted vault' : `taken${reason === undefined ? '' : `: ${reason}`}`
    },
    overridable: {
      only: 'Only where a deleted vault of this subscription and region holds the name, or one that stands where the plan puts it',
      when: ({ softDeleted, heldBy }) => softDeleted || heldBy !== undefined
    },
    means:
      'The vault’s name is taken, or is none that Azure takes: names of vaults are unique in the whole of Azure, and a deleted vault keeps its name for 90 ' +
      'days. Nothing here purges one.',
    look: ['az keyvault check-name --name VAULT', `az keyvault list-deleted --query "[?name=='VAULT']"`],
    cure: ({ vaultName, reason, softDeleted, deletedIn, heldBy }) => {
      if (heldBy !== undefined) {
        return (
          `${vaultName} is in the planned subscription and group. If nothing uses it, as after a cancelled onboarding, override with ` +
          'that: the app then takes it and its key over, makes nothing anew, and shows whatever a check finds. If its key is in use, ' +
          'start anew with vaultNames of your own.'
        )
      }
      if (deletedIn !== undefined) {
        return (
          `A vault ${vaultName} of this subscription was deleted in ${deletedIn}, and holds its name for up to 90 days. It can only ` +
          'come back where it was, so the app does not recover it. Start anew with vaultNames of your own, or with that region.'
        )
      }
      if (reason === 'AccountNameInvalid')
        return (
          `Azure does not take ${vaultName} for the name of a vault: 3 to 24 letters, digits and single hyphens, a letter first. Start ` +
          'anew with another namePrefix or with vaultNames of your own.'
        )
      return softDeleted
        ? `A deleted vault of this subscription holds ${vaultName} for up to 90 days. Override with why it is yours to use: ` +
            'the app then recovers it with all its keys. Or cancel, and start anew with vaultNames of your own.'
        : `Somebody holds ${vaultName}, perhaps in another tenant. Start anew with another namePrefix or with ` +
            'vaultNames of your own.'
    },
    afterwards:
      'A vault that is recovered or taken over gets the app’s tag and what the plan asks; what cannot be set in it is a finding ' +
      `of its own, and every check looks at it. ${retried}`,
    broken: [
      broken({}),
      broken({ softDeleted: true }),
      broken({ reason: 'AccountNameInvalid' }),
      broken({ deletedIn: 'REGION' }),
      broken({ heldBy: 'ANOTHER_ONBOARDING' })
    ]
  }
]

/** Code of the finding whose override means: recover the deleted vault, or take over the one that is there. */
export const vaultNameFinding = (vaultName: string): string => findingCode('vault-name-free', vaultName)
