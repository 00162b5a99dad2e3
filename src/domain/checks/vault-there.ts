import { retried } from './afterwards.ts'
import type { DeletedVault } from '../resources/vault.ts'
import type { Check } from './checks.ts'

/** Whether there is a vault at all where somebody says that one is. */
export interface ThereObserved {
  readonly there: boolean
  /** ARM id of where it is instead, as far as its subscription shows. */
  readonly elsewhere?: string | undefined
  /** Whether one of its name lies deleted in its region; undefined: nobody is shown that. */
  readonly deleted?: DeletedVault | 'none' | undefined
  /** Why nobody is. */
  readonly unread?: string | undefined
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
    describe: ({ there, elsewhere, ...observed }, { resourceGroup }) =>
      `${there ? 'a' : 'no'} vault in resource group ${resourceGroup}${elsewhere ? `: it is ${elsewhere}` : inDeletion(observed)}`,
    overridable: false,
    means:
      'There is no vault where the plan, or the register of managed vaults, has one: it was moved to another resource group or ' +
      'subscription, or deleted. A vault that was deleted takes its keys with it, and Microsoft 365 its data after them.',
    look: [
      `az keyvault list-deleted --query "[?name=='VAULT'].{name:name, deleted:properties.deletionDate, purge:properties.scheduledPurgeDate}"`,
      'az resource list --name VAULT --resource-type Microsoft.KeyVault/vaults --query "[].id"',
      'az monitor activity-log list --resource-group GROUP --offset 7d'
    ],
    cure: ({ elsewhere, deleted }, { by, ...place }) => {
      if (by === 'adoption') return cures[by](place)
      if (elsewhere) return movedBack(elsewhere, place)
      if (deleted === undefined) return cures[by](place)
      return deleted === 'none' ? notDeleted(place) : recovered(place)
    },
    afterwards: `Take the right to delete or move vaults from whoever did. ${retried}`,
    broken: [
      missing('plan', 'an onboarding makes or verifies it'),
      missing('register', 'it is looked after'),
      missing('adoption', 'it is handed over'),
      { ...missing('plan', 'it was moved'), observed: { there: false, elsewhere: 'VAULT_ID' } },
      { ...missing('plan', 'it lies deleted'), observed: { there: false, deleted: { recoverableUntil: 'DATE' } } },
      { ...missing('plan', 'it is neither there nor among the deleted'), observed: { there: false, deleted: 'none' } }
    ]
  }
]

type Place = Omit<ThereExpected, 'by'>

/** https://learn.microsoft.com/azure/key-vault/general/move-resourcegroup: keys and addresses stay, roles above it do not. */
const movedBack = (elsewhere: string, { vaultName, subscriptionId, resourceGroup }: Place): string =>
  `${vaultName} was moved, not deleted: do not recover anything. Find out who moved it and why, and move it back: az resource move ` +
  `--ids ${elsewhere} --destination-group ${resourceGroup} --destination-subscription-id ${subscriptionId}. Then retry.`

/** https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview tells what a recovered vault comes without. */
const recovered = ({ vaultName, resourceGroup, region }: Place): string =>
  `${vaultName} was deleted: until it is recovered Microsoft 365 reaches none of its keys. Recover it now: ${recovery(vaultName)} ` +
  `(Undo-AzKeyVaultRemoval -VaultName ${vaultName} -ResourceGroupName ${resourceGroup} -Location ${region}), then retry: it comes back ` +
  'without its roles and event subscriptions, which are looked at then. Find out who deleted it and why.'

const recovery = (vaultName: string): string => `az keyvault recover --name ${vaultName}`

/** https://learn.microsoft.com/azure/key-vault/general/move-subscription; a purge is refused while purge protection holds. */
const notDeleted = ({ vaultName, subscriptionId, region }: Place): string =>
  `${vaultName} is nowhere in ${subscriptionId}, nor among the deleted of ${region}: it was moved to another subscription, or is gone for ` +
  `good. Look in the activity log of ${subscriptionId} who did it, and move it back, then retry.`

function inDeletion({ deleted, unread }: Pick<ThereObserved, 'deleted' | 'unread'>): string {
  if (deleted === undefined) return unread === undefined ? '' : `: ${unread}`
  if (deleted === 'none') return ': nor among the deleted of its region'
  const { recoverableUntil } = deleted
  return `: it was deleted${recoverableUntil ? `, and can be recovered until ${recoverableUntil.slice(0, 10)}` : ''}`
}

const cures: Readonly<Record<ThereExpected['by'], (place: Place) => string>> = {
  plan: ({ vaultName, resourceGroup, region }) =>
    `Find out who deleted ${vaultName}, or moved it to another subscription: move one that was moved back. Recover one that was deleted ` +
    `within 90 days (${recovery(vaultName)}, or Undo-AzKeyVaultRemoval -VaultName ${vaultName} -ResourceGroupName ${resourceGroup} -Location ${region}), then retry.`,
  adoption: ({ subscriptionId }) =>
    `Check its resource id, and that the slot’s identity may read it in subscription ${subscriptionId}, then send it again.`,
  register: ({ vaultName }) =>
    `If it was deleted (az keyvault list-deleted), recover it now, before its name and keys are gone: ${recovery(vaultName)}, and ` +
    `give its permissions again. If it was moved to another subscription, move it back. Find out who did it.`
}
