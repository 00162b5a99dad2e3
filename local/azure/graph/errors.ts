import { claimsChallenge, revokedWords } from '../core/revocations.ts'
import type { ErrorAbout, Service } from '../core/service.ts'
import type { TokenFaultKind } from '../core/token-fault.ts'

/** Every error names its request in an inner error, which has no code of its own: https://learn.microsoft.com/graph/errors */
export const graphErrorBody = (code: string, message: string, { requestId, headers, now }: ErrorAbout): object => ({
  error: {
    code,
    message,
    innerError: {
      date: new Date(now).toISOString().slice(0, 19),
      'request-id': requestId,
      'client-request-id': headers['client-request-id'] ?? requestId
    }
  }
})

/**
 * One code for whatever is wrong with a token: https://learn.microsoft.com/graph/resolve-auth-errors. The header of a revoked one
 * is that which https://github.com/AzureAD/microsoft-authentication-library-for-dotnet and Azure's core libraries test with.
 */
export const refuseToken: Service['refuseToken'] = ({ kind }, { requestId, headers }, { clock }) => ({
  status: 401,
  headers: { 'www-authenticate': kind === 'revoked' ? claimsChallenge(first) : `Bearer ${first}` },
  json: graphErrorBody('InvalidAuthenticationToken', words[kind], { requestId, headers, now: clock.now() })
})

const first =
  'realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ' +
  'client_id="00000003-0000-0000-c000-000000000000"'

const words: Readonly<Record<TokenFaultKind, string>> = {
  absent: 'Access token is empty.',
  invalid: 'CompactToken parsing failed with error code: 80049217',
  expired: 'Lifetime validation failed, the token is expired.',
  audience: 'Access token validation failure. Invalid audience.',
  revoked: revokedWords
}
