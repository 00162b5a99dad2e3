import { issuedAt } from './bearer-token.ts'
import type { Collection, World } from './world.ts'

/** Tokens that a service takes no longer, though they have not expired. */
export interface Revocation {
  /** Real milliseconds: what was issued before; a moment to come: whatever is issued. */
  readonly before: number
}

/**
 * By name of the service: Azure Resource Manager, Microsoft Graph and Key Vault evaluate access continuously and answer 401 with
 * a claims challenge to a token from before a critical event.
 * https://learn.microsoft.com/entra/identity/conditional-access/concept-continuous-access-evaluation
 */
export const revocations = (world: World): Collection<Revocation> => world.collection('revocations')

export function isRevoked(authorization: string | undefined, service: string, world: World): boolean {
  const { before } = revocations(world).get(service) ?? { before: 0 }
  return before > 0 && issuedAt(authorization) < before
}

/**
 * The header that asks for a newer token, its claims in base64 as Microsoft Graph's own clients read them in
 * https://github.com/microsoftgraph/msgraph-sdk-powershell and as
 * https://learn.microsoft.com/entra/identity-platform/claims-challenge has it.
 */
export function claimsChallenge(first: string): string {
  const nbf = { essential: true, value: String(Math.floor(Date.now() / 1000)) }
  const claims = Buffer.from(JSON.stringify({ access_token: { nbf } })).toString('base64')
  return `Bearer ${first}, error_description="${revokedWords}", error="insufficient_claims", claims="${claims}"`
}

export const revokedWords =
  'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp'
