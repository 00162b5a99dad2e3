import { isRetentionRegistered } from '../arm/features/retention.ts'
import { vaults } from '../arm/keyvault-management/vault-record.ts'
import type { VaultRecord } from '../arm/keyvault-management/vault-record.ts'
import type { Route, Service, SimulatedRequest, SimulatedResponse, Surroundings } from '../core/service.ts'
import { challenge, tokenRefused } from './challenge.ts'
import { keyOperations } from './key-operations.ts'
import type { KeyOperation } from './key-operations.ts'
import { checkPermission } from './permission.ts'
import { badParameter, KeyVaultError, keyVaultErrorBody } from './refusals.ts'

const suffix = '.vault.azure.net'

/** The data plane of every vault that ARM has created, on `{vault}.vault.azure.net`. */
export const keyvaultService: Service = {
  name: 'keyvault',
  owns: (host, around) => host.endsWith(suffix) && (isReady(host, around) || 'no-such-host'),
  guard: (request, around) => {
    const vault = vaultOf(request, around)
    const response = challenge(request, vault)
    return response && mannered(response, vault)
  },
  routes: keyOperations.map(routeOf),
  unknown: (request) =>
    new KeyVaultError(
      400,
      'BadParameter',
      `Method ${request.method} does not allow operation ` + `'${request.path.split('/').at(-1) ?? ''}'`
    ),
  errorBody: (code, message) => keyVaultErrorBody(code, message),
  refuseToken: (fault, request, around) => {
    const vault = vaultOf(request, around)
    return mannered(tokenRefused(fault, vault), vault)
  }
}

function isReady(host: string, { world, clock }: Surroundings): boolean {
  const vault = vaults(world).get(host.slice(0, -suffix.length))
  return vault !== undefined && Math.max(vault.dnsReadyAt, vault.resolvesAt ?? 0) <= clock.now()
}

function vaultOf(request: Pick<SimulatedRequest, 'host'>, { world }: Surroundings): VaultRecord {
  const vault = vaults(world).get(request.host.slice(0, -suffix.length))
  if (vault === undefined) throw new KeyVaultError(404, 'VaultNotFound', `There is no key vault at ${request.host}.`)
  return vault
}

/** The headers that each answer of a vault has; see `test/contract/recordings`. */
const mannered = (response: SimulatedResponse, { location }: VaultRecord): SimulatedResponse => ({
  ...response,
  headers: {
    'x-ms-keyvault-region': location,
    'x-ms-keyvault-service-version': '1.9.0.0',
    'x-ms-keyvault-network-info': 'conn_type=Ipv4;addr=192.0.2.1;act_addr_fam=InterNetwork;',
    ...response.headers
  }
})

/** A route that knows its vault, has checked the caller and words its refusals as Key Vault does. */
function routeOf({ permission, carryOut, ...route }: KeyOperation): Route {
  return {
    ...route,
    handle: (request, parameters, around) => {
      const response = worded(() => {
        checkVersion(request.query.get('api-version') ?? '')
        const vault = vaultOf(request, around)
        const { caller } = request
        if (caller === undefined) throw new KeyVaultError(401, 'Unauthorized', 'The challenge was not answered.')
        checkPermission({ vault, caller, world: around.world, now: around.clock.now() }, permission)
        const view = { vault, isRetentionRegistered: isRetentionRegistered(around.world, vault.subscriptionId) }
        const name = parameters['name'] ?? ''
        return { status: 200, json: carryOut({ request, name, version: parameters['version'], view, around }) }
      })
      return mannered(response, vaultOf(request, around))
    }
  }
}

/** https://learn.microsoft.com/rest/api/keyvault/keys/operation-groups lists them; the newest is that of the clients. */
const versions = [
  '2015-06-01',
  '2016-10-01',
  '7.0',
  '7.1',
  '7.2',
  '7.3',
  '7.4-preview.1',
  '7.4',
  '7.5',
  '7.6',
  '2025-07-01'
]

/** In the words of https://github.com/Azure/azure-sdk-for-python/issues/28595 */
function checkVersion(version: string): void {
  if (version === '') throw badParameter('api-version must be specified')
  if (versions.includes(version)) return
  throw badParameter(
    `The specified version (${version}) is not recognized. ` +
      `Consider using the latest supported version (${versions.at(-1) ?? ''}).`
  )
}

function worded(work: () => SimulatedResponse): SimulatedResponse {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof KeyVaultError)) throw error
    const { status, headers, code, message, innerCode } = error
    return { status, headers, json: keyVaultErrorBody(code, message, innerCode) }
  }
}
