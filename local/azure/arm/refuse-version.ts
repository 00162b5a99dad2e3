import { AzureError, type RefuseVersion } from '../core/service.ts'

/**
 * Whoever is to answer says that it does not know a version:
 * - Key Vault, Event Grid and Managed Services are looked for by type and version, and nobody is found:
 *   https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-register-resource-provider
 * - a type of Microsoft.Authorization is not found: https://github.com/Azure/azure-sdk-for-go/issues/16699 (roles) and
 *   https://github.com/Azure/Azure-Landing-Zones/issues/2615 (policies)
 * - all that is Resource Manager's own names its versions: https://github.com/Azure/azure-powershell/issues/3079
 */
export const refuseVersion: RefuseVersion = (version, known, { path }) => {
  if (version === '')
    return new AzureError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.'
    )
  // The last one: a role's scope may name another.
  const [, provider = '', type = ''] = [...path.matchAll(/\/providers\/([^/]+)\/([^/]+)/gi)].at(-1) ?? []
  return (refusals[provider.toLowerCase()] ?? own)({ version, provider, type, known })
}

interface Refused {
  readonly version: string
  readonly provider: string
  readonly type: string
  readonly known: readonly string[]
}

const own = ({ version, known }: Refused): AzureError =>
  new AzureError(
    400,
    'InvalidApiVersionParameter',
    `The api-version '${version}' is invalid. The supported versions are '${known.join(',')}'.`
  )

const noProvider = ({ version, provider, type, known }: Refused): AzureError =>
  new AzureError(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for API version '${version}' for type '${type}' in the namespace ` +
      `'${provider}'. The supported api-versions are '${known.join(', ')}'.`
  )

const noType = ({ version, provider, type, known }: Refused): AzureError =>
  new AzureError(
    400,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace '${provider}' for api version '${version}'. ` +
      `The supported api-versions are '${known.join(',')}'.`
  )

const refusals: Readonly<Record<string, (refused: Refused) => AzureError>> = {
  'microsoft.keyvault': noProvider,
  'microsoft.eventgrid': noProvider,
  'microsoft.managedservices': noProvider,
  'microsoft.authorization': noType
}
