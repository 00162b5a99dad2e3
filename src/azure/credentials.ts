import { ManagedIdentityCredential } from '@azure/identity'
import type { TokenCredential } from '@azure/core-auth'
import type { Config } from '../config.ts'
import type { Identity } from '../domain/evidence.ts'

/** One credential per identity, so that none reaches both keys (DESIGN rule 3). */
export function createCredentials({ identities }: Config): Record<Identity, TokenCredential> {
  const credentialOf = (identity: Identity) => new ManagedIdentityCredential({ clientId: identities[identity] })
  return { app: credentialOf('app'), 'slot-1': credentialOf('slot-1'), 'slot-2': credentialOf('slot-2') }
}
