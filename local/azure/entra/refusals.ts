import { AzureError } from '../core/service.ts'

/**
 * What Entra ID refuses: OAuth 2.0's word for it, and the number by which its own list of errors tells more.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export function refusal(error: string, number: number, text: string): AzureError {
  return new AzureError(error === 'invalid_client' ? 401 : 400, error, `AADSTS${String(number)}: ${text}`)
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#error-response */
export const errorBody = (code: string, message: string): object => ({
  error: code,
  error_description: message,
  error_codes: [Number(/^AADSTS(\d+)/.exec(message)?.[1] ?? 0)]
})
