import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth'
import type { Config, Login } from '../config/config.ts'
import type { Identity } from '../domain/terms/evidence.ts'
import { azureCliToken } from './azure-cli.ts'
import { challengedToken } from './challenged-token.ts'
import { once } from '../lazily.ts'

/** One credential per identity, so that none reaches both keys (DESIGN rule 3). */
export function createCredentials({ logins }: Config): Record<Identity, TokenCredential> {
  const whose = new Map<string, Identity>()
  const credentialOf = (identity: Identity) => neverShared(identity, credentialFor(logins[identity]), whose)
  return { app: credentialOf('app'), 'slot-1': credentialOf('slot-1'), 'slot-2': credentialOf('slot-2') }
}

/** Loaded when the first token is asked for: the app must be registered long before. */
function credentialFor(login: Login): TokenCredential {
  if (login.kind === 'azure-cli')
    return { getToken: (scopes, { claims } = {}) => azureCliToken(login.profile, [scopes].flat(), claims) }
  const credential = once(async (): Promise<TokenCredential> => {
    const { ClientSecretCredential, ManagedIdentityCredential } = await import('@azure/identity')
    return login.kind === 'managed-identity'
      ? new ManagedIdentityCredential({ clientId: login.clientId })
      : new ClientSecretCredential(login.tenantId, login.clientId, login.secret)
  })
  return {
    getToken: async (scopes, options) =>
      login.kind === 'managed-identity' && options?.claims
        ? challengedToken(login.clientId, [scopes].flat(), options.claims)
        : (await credential()).getToken(scopes, options)
  }
}

/** Settings that differ may still lead to one login, as two profiles of the same person do: the token tells. */
function neverShared(identity: Identity, credential: TokenCredential, whose: Map<string, Identity>): TokenCredential {
  return {
    getToken: async (scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null> => {
      const token = await credential.getToken(scopes, options)
      const login = token && objectIdIn(token.token)
      if (!login) return token
      const other = whose.get(login) ?? identity
      whose.set(login, other)
      if (other === identity) return token
      throw new Error(
        `${identity} and ${other} are signed in as one: ${login}. No single login may reach both keys: ` +
          'sign in as somebody else for one of them.'
      )
    }
  }
}

function objectIdIn(token: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    return typeof claims === 'object' && claims !== null && 'oid' in claims && typeof claims.oid === 'string'
      ? claims.oid
      : undefined
  } catch {
    return undefined
  }
}
