import { AzureError } from '../core/service.ts'
import type { SimulatedResponse } from '../core/service.ts'

/** The blob service words its errors in XML and repeats the code in a header, which is where the SDK looks for it. */
export function refusalResponse(error: AzureError, requestId: string, at: string): SimulatedResponse {
  const message = `${error.message}\nRequestId:${requestId}\nTime:${at}`
  return {
    status: error.status,
    headers: { ...error.headers, 'content-type': 'application/xml', 'x-ms-error-code': error.code },
    body: Buffer.from(errorXml(error.code, message))
  }
}

export function errorXml(code: string, message: string): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?><Error><Code>${xmlText(code)}</Code>` +
    `<Message>${xmlText(message)}</Message></Error>`
  )
}

export const noToken = (tenantId: string): AzureError =>
  new AzureError(401, 'NoAuthenticationInformation', unauthenticated, challenge(tenantId))

/** A token that has expired, cannot be read or is for another service: https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory */
export const badToken = (tenantId: string): AzureError =>
  new AzureError(401, 'InvalidAuthenticationInfo', unauthenticated, challenge(tenantId))

/** As whoever left the header out was answered: https://blog.stigok.com/2022/03/09/azure-storage-blobs-rest-api-with-bearer-token.html */
export const noVersion = (): AzureError =>
  new AzureError(
    403,
    'AuthenticationFailed',
    'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.'
  )

const unauthenticated =
  'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.'

const challenge = (tenantId: string) => ({
  'www-authenticate':
    `Bearer authorization_uri=https://login.microsoftonline.com/${tenantId}/oauth2/authorize ` +
    'resource_id=https://storage.azure.com'
})

export const notPermitted = (): AzureError =>
  new AzureError(
    403,
    'AuthorizationPermissionMismatch',
    'This request is not authorized to perform this operation using this permission.'
  )

export const noOverwrite = (): AzureError =>
  new AzureError(403, 'UnauthorizedBlobOverwrite', 'This request is not authorized to perform blob overwrites.')

export const leased = (): AzureError =>
  new AzureError(
    412,
    'LeaseIdMissing',
    'There is currently a lease on the blob and no lease ID was specified in the request.'
  )

export const immutable = (): AzureError =>
  new AzureError(
    409,
    'BlobImmutableDueToPolicy',
    'This operation is not permitted as the blob is immutable due to a policy.'
  )

export const unknownOperation = (): AzureError =>
  new AzureError(
    400,
    'InvalidQueryParameterValue',
    'Value for one of the query parameters specified in the request URI is invalid.'
  )

export const noSuchVersion = (): AzureError => new AzureError(404, 'BlobNotFound', 'The specified blob does not exist.')

export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
