import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'

/** Whether there is a vault at all where somebody says that one is. */
export interface ThereObserved {
  readonly there: boolean
}

export interface ThereExpected {
  /** Who says so: the plan, somebody who hands it over, or the register of those that are looked after. */
  readonly by: 'plan' | 'adoption' | 'register'
  readonly vaultName: string
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly region: string
}

const missing = (by: ThereExpected['by'], where: string) => ({
  where,
  observed: { there: false },
  expected: { by, vaultName: 'VAULT', subscriptionId: 'SUB', resourceGroup: 'GROUP', region: 'REGION' }
})

export const vaultThereChecks: readonly Check<ThereObserved, ThereExpected>[] = [
  {
    code: 'vault-there',
    requirement: 'R27',
    on: 'vault',
    expected: ({ by, subscriptionId }) =>
      ({
        plan: 'a vault where the plan puts it',
        adoption: `a vault in subscription ${subscriptionId}`,
        register: 'the vault exists'
      })[by],
    holds: ({ there }) => there,
    describe: ({ there }, { resourceGroup }) => `${there ? 'a' : 'no'} vault in resource group ${resourceGroup}`,
    overridable: false,
    means:
      'There is no vault where the plan, or the register of managed vaults, has one. A vault that was deleted takes its keys with ' +
      'it, and Microsoft 365 its data after them.',
    look: [
      `az keyvault list-deleted --query "[?name=='VAULT'].{name:name, deleted:properties.deletionDate, purge:properties.scheduledPurgeDate}"`,
      'az monitor activity-log list --resource-group GROUP --offset 7d'
    ],
    cure: (_, { by, ...place }) => cures[by](place),
    afterwards: `Take the right to delete vaults from whoever deleted it. ${retried}`,
    broken: [
      missing('plan', 'an onboarding makes or verifies it'),
      missing('register', 'it is looked after'),
      missing('adoption', 'it is handed over')
    ]
  }
]

type Place = Omit<ThereExpected, 'by'>

const cures: Readonly<Record<ThereExpected['by'], (place: Place) => string>> = {
  plan: ({ vaultName, resourceGroup, region }) =>
    `Find out who deleted or moved ${vaultName}. Recover it within 90 days (az keyvault recover --name ${vaultName}, or ` +
    `Undo-AzKeyVaultRemoval -VaultName ${vaultName} -ResourceGroupName ${resourceGroup} -Location ${region}), then retry.`,
  adoption: ({ subscriptionId }) =>
    `Check its resource id, and that the slot’s identity may read it in subscription ${subscriptionId}, then send it again.`,
  register: ({ vaultName }) =>
    `Recover it now, before its name and keys are gone: az keyvault recover --name ${vaultName}. Then give its permissions again ` +
    'and find out who deleted it.'
}
