import type { TokenCredential } from '@azure/core-auth'
import type { Config } from '../config.ts'
import type { Identity } from '../domain/evidence.ts'
import { once } from './clients.ts'

/** One credential per identity, so that none reaches both keys (DESIGN rule 3). */
export function createCredentials({ identities }: Config): Record<Identity, TokenCredential> {
  const credentialOf = (identity: Identity) => managedIdentity(identities[identity])
  return { app: credentialOf('app'), 'slot-1': credentialOf('slot-1'), 'slot-2': credentialOf('slot-2') }
}

/** Loaded when the first token is asked for: the app must be registered long before. */
function managedIdentity(clientId: string): TokenCredential {
  const credential = once(async () => new (await import('@azure/identity')).ManagedIdentityCredential({ clientId }))
  return { getToken: async (scopes, options) => (await credential()).getToken(scopes, options) }
}
