import type { AccessToken } from '@azure/core-auth'

/**
 * A token newer than the one that was just refused with a claims challenge
 * (https://learn.microsoft.com/entra/identity-platform/claims-challenge). `ManagedIdentityCredential` drops the claims, and would
 * hand out the refused token until it expires, a day later; the library beneath it asks the platform anew, and keeps what it gets
 * where the credential looks first.
 */
export async function challengedToken(
  clientId: string,
  scopes: readonly string[],
  claims: string
): Promise<AccessToken> {
  const { ManagedIdentityApplication } = await import('@azure/msal-node')
  const application = new ManagedIdentityApplication({ managedIdentityIdParams: { userAssignedClientId: clientId } })
  const [scope = ''] = scopes
  const found = await application
    .acquireToken({ resource: scope.replace(/\/\.default$/, ''), claims })
    .catch(unavailable)
  return { token: found.accessToken, expiresOnTimestamp: found.expiresOn?.getTime() ?? 0 }
}

function unavailable(cause: unknown): never {
  const error = new Error('The platform gave no newer token to an identity whose token was revoked.', { cause })
  // Azure's own credentials fail under this name, which `translate` knows.
  error.name = 'CredentialUnavailableError'
  throw error
}
