import { AzureError, type Route, type Surroundings } from '../../core/service.ts'
import { openSubscription } from '../authorization/authorize.ts'
import { readJson } from '../read-json.ts'
import { deletedVaults, namesHeldElsewhere, vaults } from './vault-record.ts'
import { deletedVaultView, vaultApiVersions as apiVersions } from './vault-view.ts'

/** Which names are free, and which are held by the deleted. */
export const vaultNameRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/subscriptions/{sub}/providers/Microsoft.KeyVault/checkNameAvailability',
    operation: 'vaults.checkNameAvailability',
    apiVersions,
    handle: (request, { sub = '' }, around) => {
      const action = 'Microsoft.KeyVault/checkNameAvailability/read'
      openSubscription(sub, { request, around, action, scope: `/subscriptions/${sub}` })
      return { status: 200, json: availability(nameAsked(readJson(request)), around) }
    }
  },
  {
    method: 'GET',
    path: '/subscriptions/{sub}/providers/Microsoft.KeyVault/deletedVaults',
    operation: 'vaults.listDeleted',
    apiVersions,
    handle: (request, { sub = '' }, around) => {
      const action = 'Microsoft.KeyVault/deletedVaults/read'
      openSubscription(sub, { request, around, action, scope: `/subscriptions/${sub}` })
      const own = deletedVaults(around.world)
        .values()
        .filter(({ vault }) => vault.subscriptionId.toLowerCase() === sub.toLowerCase())
      return { status: 200, json: { value: own.map(deletedVaultView) } }
    }
  },
  {
    // az asks for managed HSMs beside vaults, unless it is told a type. Nobody has one here.
    method: 'GET',
    path: '/subscriptions/{sub}/providers/Microsoft.KeyVault/deletedManagedHSMs',
    operation: 'managedHsms.listDeleted',
    apiVersions,
    handle: () => ({ status: 200, json: { value: [] } })
  },
  {
    method: 'POST',
    path: '/subscriptions/{sub}/providers/Microsoft.KeyVault/checkMhsmNameAvailability',
    operation: 'managedHsms.checkNameAvailability',
    apiVersions,
    handle: () => ({ status: 200, json: { nameAvailable: true } })
  },
  {
    method: 'GET',
    path: '/subscriptions/{sub}/providers/Microsoft.KeyVault/locations/{location}/deletedVaults/{vault}',
    operation: 'vaults.getDeleted',
    apiVersions,
    handle: (request, { sub = '', location = '', vault = '' }, around) => {
      const action = 'Microsoft.KeyVault/locations/deletedVaults/read'
      openSubscription(sub, { request, around, action, scope: `/subscriptions/${sub}` })
      const deleted = deletedVaults(around.world).get(vault.toLowerCase())
      const own = deleted?.vault.subscriptionId.toLowerCase() === sub.toLowerCase()
      if (own && deleted.vault.location === location) return { status: 200, json: deletedVaultView(deleted) }
      throw new AzureError(404, 'DeletedVaultNotFound', `The specified deleted vault '${vault}' does not exist.`)
    }
  }
]

/** `VaultCheckNameAvailabilityParameters` of the definition in facts.json: both are required, and there is one type. */
function nameAsked({ name, type }: Record<string, unknown>): string {
  if (typeof name !== 'string' || name === '') throw invalidRequest('The parameter name is not specified.')
  if (type === 'Microsoft.KeyVault/vaults') return name
  throw invalidRequest(`The parameter type must be 'Microsoft.KeyVault/vaults'.`)
}

const invalidRequest = (message: string): AzureError => new AzureError(400, 'InvalidRequestContent', message)

/** Refuses 400 a name Azure does not allow, and 409 one that somebody holds, in this tenant or any other. */
export function requireFreeName(name: string, around: Surroundings): void {
  if (!isVaultName(name)) throw new AzureError(400, 'VaultNameNotValid', invalid(name))
  if (deletedVaults(around.world).has(name.toLowerCase())) throw new AzureError(409, 'ConflictError', deleted)
  if (isTaken(name, around)) throw new AzureError(409, 'VaultAlreadyExists', taken(name))
}

/** As users report it: https://github.com/alan-turing-institute/data-safe-haven/issues/2523 */
const deleted =
  'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault.'

function availability(name: string, around: Surroundings): object {
  if (!isVaultName(name)) return { nameAvailable: false, reason: 'AccountNameInvalid', message: invalid(name) }
  if (isTaken(name, around)) return { nameAvailable: false, reason: 'AlreadyExists', message: taken(name) }
  return { nameAvailable: true }
}

function isVaultName(name: string): boolean {
  return /^[a-z](?:-?[a-z0-9])+$/i.test(name) && name.length >= 3 && name.length <= 24
}

function isTaken(name: string, { world }: Surroundings): boolean {
  const id = name.toLowerCase()
  return vaults(world).has(id) || deletedVaults(world).has(id) || namesHeldElsewhere(world).has(id)
}

function invalid(name: string): string {
  return (
    `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. ` +
    'The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.'
  )
}

function taken(name: string): string {
  return (
    `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the ` +
    'name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with ' +
    'the same name was recently deleted but not purged after being placed in a recoverable state.'
  )
}
