import type { VaultRecord } from '../arm/keyvault-management/vault-record.ts'
import type { SimulatedRequest, SimulatedResponse } from '../core/service.ts'
import { keyVaultErrorBody } from './refusals.ts'

const audience = 'https://vault.azure.net'

/**
 * Every client's first request comes without token and body, and learns from this answer where to get a token.
 * A response ends the request.
 */
export function challenge(request: SimulatedRequest, vault: VaultRecord): SimulatedResponse | undefined {
  const { caller } = request
  const { tenantId } = vault.properties
  if (caller === undefined) return unauthorized(tenantId, 'AKV10000: Request is missing a Bearer or PoP token.')
  if (caller.audience !== audience) {
    return unauthorized(tenantId, `AKV10022: Invalid audience. Expected ${audience}, found: ${caller.audience}.`)
  }
  if (caller.tenantId !== tenantId) {
    return unauthorized(
      tenantId,
      `AKV10032: Invalid issuer. Expected one of https://sts.windows.net/${tenantId}/, ` +
        `found https://sts.windows.net/${caller.tenantId}/.`
    )
  }
  return undefined
}

function unauthorized(tenantId: string, message: string): SimulatedResponse {
  return {
    status: 401,
    headers: {
      'www-authenticate': `Bearer authorization="https://login.windows.net/${tenantId}", resource="${audience}"`
    },
    json: keyVaultErrorBody('Unauthorized', message)
  }
}
