import { callsOf, type Reading } from '../domain/terms/reading.ts'
import type { VaultPlace } from './vault-place.ts'
import { KeyVaultManagementClient, type VaultCreateOrUpdateParameters } from '@azure/arm-keyvault'
import type { VaultHome } from '../domain/plan/plan.ts'
import type { DeletedVault, Vault, VaultName } from '../domain/resources/vault.ts'
import { grantKeyPermissions, type Grant, type Granted } from './access-policies.ts'
import { absentOn, createAsk, type Ask, reword, type Connection } from './call.ts'
import { clientOptions, onceOnlyOptions } from './clients.ts'
import { sameText } from '../domain/terms/same-text.ts'
import { lazily } from '../lazily.ts'
import { onboardingTag } from '../domain/terms/tags.ts'
import { requestedVault, type VaultOwner } from '../domain/plan/requested-vault.ts'
import { createVaultLists } from './vault-list.ts'
import { vaultOf, recoveredVault, settlement } from './vault-shape.ts'

export type Vaults = ReturnType<typeof createVaults>

export function createVaults(connection: Connection) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const clientFor = lazily((id) => new KeyVaultManagementClient(connection.credential, id, clientOptions(connection)))
  // A second PUT would replace the access policies and tags of the vault that the first one made.
  const onceOnlyFor = lazily(
    (id) => new KeyVaultManagementClient(connection.credential, id, onceOnlyOptions(connection))
  )

  const { read, name, deleted } = vaultReading(ask, clientFor)

  /** Azure's yes is all that is heard: a vault that is read at once may not be there yet. */
  const put = ({ subscriptionId, resourceGroup, vaultName }: VaultHome, wanted: VaultCreateOrUpdateParameters) =>
    ask('PUT vault', async (to) => {
      await onceOnlyFor(subscriptionId)
        .vaults.createOrUpdate(resourceGroup, vaultName, wanted, to('vaults.createOrUpdate'))
        .submitted()
    })

  return {
    /** The vault as it is; undefined when it, or its resource group, does not exist. */
    read,

    /**
     * The same by one list of its subscription, which whoever looks under the same name shares; undefined where the list does not
     * have it, which is no word on whether it is there: a list may lag.
     */
    listed: createVaultLists(ask, clientFor),

    /** Whether the plan's name can be had, and if not, who has it (R31). */
    name,

    /** What is left of a vault of this name in its region; undefined where none was deleted there (R27, R39). */
    deleted,

    /** Starts the creation of an absent vault. Never call it for one that exists. */
    create: (vault: VaultHome, owner: VaultOwner): Promise<Reading<void>> => put(vault, requestedVault(vault, owner)),

    /** Brings a deleted vault back with its keys. Never call it for one that exists. Follow it by `settle`. */
    recover: (vault: VaultHome, tenantId: string): Promise<Reading<void>> =>
      put(vault, recoveredVault(vault, tenantId)),

    /**
     * Changes in a recovered vault what differs from the plan; a recovery itself heeds no property.
     * @returns the vault as Azure then says it is; undefined where nothing was to be changed.
     */
    settle: async (vault: VaultHome, owner: VaultOwner): Promise<Vault | undefined> => {
      const { value: found } = await read(vault)
      const patch = found && settlement(found, owner)
      if (!patch) return undefined
      const { value } = await ask('PATCH vault', async (to) =>
        vaultOf(
          await clientFor(vault.subscriptionId).vaults.update(
            vault.resourceGroup,
            vault.vaultName,
            patch,
            to('vaults.update')
          )
        )
      )
      return value
    },

    /** Gives each principal exactly these key permissions and nothing else in the vault (R33, R36). */
    grant: (vault: VaultPlace, ...grants: readonly Grant[]): Promise<Reading<Granted>> =>
      ask('PUT access policy', (to) => grantKeyPermissions(clientFor(vault.subscriptionId).vaults, vault, grants, to))
  }
}

/** An answer that stands on others before it. */
const seenBy = <T>(read: Reading<T>, ...before: readonly Reading<unknown>[]): Reading<T> => ({
  ...read,
  calls: [...before, read].flatMap((each) => callsOf(each))
})

/** What only looks. */
function vaultReading(ask: Ask, clientFor: (id: string) => KeyVaultManagementClient) {
  const read = (vault: VaultPlace): Promise<Reading<Vault | undefined>> =>
    absentOn(
      ['ResourceNotFound', 'ResourceGroupNotFound'],
      ask('GET vault', async (to) =>
        vaultOf(
          await clientFor(vault.subscriptionId).vaults.get(vault.resourceGroup, vault.vaultName, to('vaults.get'))
        )
      )
    )

  const deleted = (vault: Pick<VaultHome, 'subscriptionId' | 'vaultName' | 'region'>) =>
    absentOn(
      ['ResourceNotFound', 'DeletedVaultNotFound'],
      ask('GET deleted vault', async (to): Promise<DeletedVault> => {
        const found = await clientFor(vault.subscriptionId).vaults.getDeleted(
          vault.vaultName,
          vault.region,
          to('vaults.getDeleted')
        )
        return { recoverableUntil: found.properties?.scheduledPurgeDate?.toISOString() }
      })
    )

  /** In which region a deleted vault of this name was; undefined where the subscription has none. */
  const deletedIn = ({ subscriptionId, vaultName }: VaultHome): Promise<Reading<string | undefined>> =>
    ask('LIST deleted vaults', async (to) => {
      for await (const each of clientFor(subscriptionId).vaults.listDeleted(to('vaults.listDeleted')))
        if (sameText(each.name ?? '', vaultName))
          return each.properties?.location ?? 'a region that Azure does not tell'
      return undefined
    })

  const name = async (vault: VaultHome, onboardingId: string): Promise<Reading<VaultName>> => {
    const { vaultName, subscriptionId } = vault
    const checked = await ask('CHECK vault name', (to) =>
      clientFor(subscriptionId).vaults.checkNameAvailability(
        { name: vaultName, type: 'Microsoft.KeyVault/vaults' },
        to('vaults.checkNameAvailability')
      )
    )
    const { nameAvailable: available = false, reason } = checked.value
    const facts = { vaultName, available, reason, ours: false, softDeleted: false, heldBy: undefined }
    if (available) return reword(checked, () => facts)
    const existing = await read(vault)
    if (existing.value) {
      return reword(seenBy(existing, checked), (found) => {
        const holder = found?.tags[onboardingTag] ?? ''
        return holder === onboardingId ? { ...facts, ours: true } : { ...facts, heldBy: holder }
      })
    }
    const here = seenBy(await deleted(vault), checked, existing)
    if (here.value) return reword(here, () => ({ ...facts, softDeleted: true }))
    return reword(seenBy(await deletedIn(vault), here), (region) => ({ ...facts, deletedIn: region }))
  }
  return { read, name, deleted }
}
