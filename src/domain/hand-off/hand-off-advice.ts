import { planWorkloads } from '../plan/plan-workloads.ts'
import type { Plan } from '../plan/plan.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

/** What those who keep the keys must know from now on. */
export interface Advice {
  readonly watch: readonly string[]
  readonly never: readonly string[]
}

/** After a new version of a key was made, its policy must be told; none of this rolls Microsoft's availability key. */
const refresh: Readonly<Record<Workload, string>> = {
  'multi-workload':
    'After a new key version of the multi-workload policy: Set-M365DataAtRestEncryptionPolicy -Identity $policy -Refresh, with its name in $policy.',
  exchange:
    'After a new key version of an Exchange policy: Set-DataEncryptionPolicy -Identity $policy -Refresh, with its name in $policy.',
  sharepoint:
    'After a new key version of a SharePoint policy: Update-SPODataEncryptionPolicy -KeyVaultName $vault -KeyName $key ' +
    '-KeyVersion $version -KeyType Primary, with the names and the version in these variables; then the same with Secondary.'
}

/** Sources: the article, and https://learn.microsoft.com/purview/customer-key-availability-key-roll */
export const advice = (plan: Plan): Advice => ({
  watch: [
    'Back up a key again, online and offline, right after any change to it. A backup can only be restored in its ' +
      'own subscription and geography, to a vault that has no key of that name.',
    'Before you restore a deleted key or vault from a backup, recover it: soft delete keeps it for 90 days ' +
      '(Undo-AzKeyVaultKeyRemoval, Undo-AzKeyVaultRemoval). Restore only what cannot be recovered.',
    ...planWorkloads(plan).map((workload) => refresh[workload]),
    'Keep vaults and keys, with all versions, while a workload goes back to Microsoft’s own keys or data is purged: until ' +
      'that is over, data is still read with them.',
    'Watch the permissions of every vault: whoever is Contributor can change them. Grant delete to nobody for longer ' +
      'than one understood task.',
    'Watch for expiration dates: policies of Azure that demand them contradict Customer Key. Ask for an exemption.',
    'Tell Microsoft when an officer named in a FastTrack request leaves.'
  ],
  never: [
    'Never roll a key by routine: only when a rule you are held to demands it. Old versions stay in use after it.',
    'Never delete or disable a key or an older version of one that is, or was, in a policy.',
    'Never give a key an expiration date other than 9999-12-31, nor a rotation policy that does.',
    'Never unregister mandatoryRetentionPeriodEnabled, and never cancel one of the two subscriptions.',
    'Never let one person look after the keys of both subscriptions.',
    'Never take the imported original of a key for a backup of it: what the vault adds would be lost.',
    ...(plan.purpose === 'test'
      ? ['Never encrypt data of production with these keys: they were made for a test.']
      : []),
    ...planWorkloads(plan).flatMap((workload) => workloads[workload].noWayBack?.never ?? [])
  ]
})
