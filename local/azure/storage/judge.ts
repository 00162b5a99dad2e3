import type { SimulatedRequest, Surroundings } from '../core/service.ts'
import { identitiesOf } from '../graph/groups.ts'
import type { StorageAccountSeed, StorageRight } from './accounts.ts'
import type { StorageOperation } from './operations.ts'
import { badToken, immutable, noSuchVersion, noToken, notPermitted, noVersion } from './refusals.ts'
import { isProtected, protectionOf } from './worm.ts'
import type { BlobAddress } from './worm.ts'

export interface Verdict {
  /** The caller may create but not replace: `blobs/add` without `blobs/write`. */
  readonly createOnly: boolean
}

export interface Case {
  readonly request: SimulatedRequest
  readonly operation: StorageOperation
  readonly account: StorageAccountSeed
  readonly tenantId: string
  readonly address: BlobAddress
  readonly around: Surroundings
}

/** Throws the refusal that Azure would give before it looks at the blob itself. */
export function judge({ request, operation, account, tenantId, address, around }: Case): Verdict {
  const rights = rightsOf({ request, operation, account, tenantId, around })
  if (!rights.includes(operation.right) && !replaces(operation, rights)) throw notPermitted()
  if (setsItsOwnPolicy(request) && !rights.includes('immutableStorage/runAsSuperUser')) throw notPermitted()
  if (['change', 'remove'].includes(operation.effect) && isProtected(address, around)) throw immutable()
  if (asksForAnotherVersion(request, address, around)) throw noSuchVersion()
  return { createOnly: !rights.includes('blobs/write') }
}

function rightsOf({ request, operation, account, tenantId, around }: Omit<Case, 'address'>): readonly StorageRight[] {
  const { caller } = request
  if (caller === undefined) throw noToken(tenantId)
  const audiences = ['https://storage.azure.com', `https://${request.host}`]
  if (!audiences.includes(caller.audience)) throw badToken(tenantId)
  if (!isRecent(request.headers['x-ms-version'])) throw noVersion()
  const ids = identitiesOf(around.world, caller.objectId)
  return account.assignments
    .filter(
      ({ objectId, container = operation.container }) => ids.includes(objectId) && container === operation.container
    )
    .flatMap((each) => each.rights)
}

/**
 * Tokens of Entra ID are taken since a version, which must be named:
 * https://learn.microsoft.com/rest/api/storageservices/versioning-for-the-azure-storage-services#specify-service-versions-in-requests
 */
const isRecent = (version = ''): boolean => version >= '2017-11-09'

/** Azure takes the right to write for the right to add. */
function replaces(operation: StorageOperation, rights: readonly StorageRight[]): boolean {
  return operation.right === 'blobs/add' && rights.includes('blobs/write')
}

/** Azurite would accept these headers and forget them. */
function setsItsOwnPolicy(request: SimulatedRequest): boolean {
  const ruling = ['x-ms-immutability-policy-until-date', 'x-ms-legal-hold']
  return ruling.some((name) => request.headers[name] !== undefined)
}

/** There is one version of every blob here; Azurite would answer with it whatever version is asked for. */
function asksForAnotherVersion(request: SimulatedRequest, address: BlobAddress, around: Surroundings): boolean {
  const version = request.query.get('versionid')
  return version !== undefined && version !== protectionOf(address, around)?.versionId
}
