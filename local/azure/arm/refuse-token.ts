import { claimsChallenge, revokedWords } from '../core/revocations.ts'
import type { Service } from '../core/service.ts'
import type { TokenFault, TokenFaultKind } from '../core/token-fault.ts'

const audiences = ['https://management.azure.com', 'https://management.core.windows.net']

/**
 * Resource Manager's codes by what is wrong with a token, and the header by which its clients find their tenant, as recorded with
 * https://github.com/Azure/azure-sdk-for-go (`sdk/azcore/arm/runtime`) and the azure-sdk-for-js `core-client` package.
 */
export const refuseToken: Service['refuseToken'] = (fault) => {
  const { code, message } = refusals[fault.kind](fault)
  const first = 'authorization_uri="https://login.windows.net/"'
  const header =
    fault.kind === 'revoked'
      ? claimsChallenge(`realm="", ${first}`)
      : `Bearer ${first}, error="invalid_token", error_description="${message}"`
  return { status: 401, headers: { 'www-authenticate': header }, json: { error: { code, message } } }
}

const refusals: Readonly<Record<TokenFaultKind, (fault: TokenFault) => { code: string; message: string }>> = {
  absent: () => ({
    code: 'AuthenticationFailed',
    message: "Authentication failed. The 'Authorization' header is missing."
  }),
  invalid: () => ({ code: 'InvalidAuthenticationToken', message: 'The access token is invalid.' }),
  expired: () => ({
    code: 'ExpiredAuthenticationToken',
    message: 'The access token expiry UTC time is earlier than current UTC time.'
  }),
  audience: ({ found }) => ({
    code: 'InvalidAuthenticationTokenAudience',
    message:
      `The access token has been obtained for wrong audience or resource '${found}'. ` +
      `It should exactly match with one of the allowed audiences '${audiences.join(',')}'.`
  }),
  revoked: () => ({ code: 'InvalidAuthenticationToken', message: revokedWords })
}
