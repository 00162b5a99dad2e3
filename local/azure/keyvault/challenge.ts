import type { VaultRecord } from '../arm/keyvault-management/vault-record.ts'
import type { SimulatedRequest, SimulatedResponse } from '../core/service.ts'
import { claimsChallenge, revokedWords } from '../core/revocations.ts'
import type { TokenFault, TokenFaultKind } from '../core/token-fault.ts'
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

/**
 * A token that is none, or has expired: the code is that of a missing one, and the header comes with it.
 * https://github.com/Azure/azure-sdk-for-python/issues/27266 shows the answer to an expired one, header included; the words for
 * one that cannot be read are published nowhere.
 */
export function tokenRefused({ kind }: TokenFault, { properties: { tenantId } }: VaultRecord): SimulatedResponse {
  if (kind !== 'revoked') return unauthorized(tenantId, words[kind] ?? 'Error validating token.')
  const { status, json } = unauthorized(tenantId, revokedWords)
  const first = `realm="", authorization_uri="https://login.microsoftonline.com/${tenantId}/oauth2/authorize"`
  return { status, headers: { 'www-authenticate': claimsChallenge(first) }, json }
}

const words: Readonly<Partial<Record<TokenFaultKind, string>>> = {
  expired: "[TokenExpired] Error validating token: 'S2S12086'."
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
