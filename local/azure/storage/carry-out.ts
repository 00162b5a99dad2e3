import type { StorageUse } from './permitted.ts'
import type { SimulatedRequest, SimulatedResponse, Surroundings } from '../core/service.ts'
import type { StorageContainerSeed } from './accounts.ts'
import { endOverdueLease, isLeased, noteLease } from './lease.ts'
import { immutable, leased, noOverwrite } from './refusals.ts'
import { noteTimes, withTimes } from './times.ts'
import { isProtected, protect, protectionHeaders, protectionOf, type BlobAddress } from './worm.ts'

/** Has the engine do what was asked, and keeps and tells what the engine forgets. */
export async function carryOut(permitted: StorageUse): Promise<SimulatedResponse> {
  const { operation, address, around } = permitted
  await endOverdueLease(permitted)
  const reply = await carriedOut(permitted)
  if (reply.status >= 300) return reply
  noteTimes(operation, address, around)
  return withTimes(reply, operation, permitted)
}

async function carriedOut(permitted: StorageUse): Promise<SimulatedResponse> {
  const { operation, address, around } = permitted
  if (operation.effect === 'create') return create(permitted)
  const reply = await permitted.forward(asEngineKnows(permitted.request))
  if (/^blob\.lease\.(acquire|release)$/.test(operation.name) && reply.status < 300) noteLease(permitted)
  if (operation.effect === 'read') return withHeaders(reply, policyHeaders(reply, address, around))
  if (operation.name === 'container.getProperties') return withHeaders(reply, containerHeaders(permitted.container))
  return reply
}

/** A blob that must not be replaced is created if-none-match, so that the engine itself decides between two creators. */
async function create(permitted: StorageUse): Promise<SimulatedResponse> {
  const { request, container, address, verdict, around, forward } = permitted
  const onlyNew = verdict.createOnly || isProtected(address, around)
  const asked = request.headers['if-none-match'] === '*'
  const reply = await forward(request, onlyNew ? { 'if-none-match': '*' } : {})
  if (existed(reply)) refuseExisting(permitted, asked)
  if (reply.status !== 201 || container?.immutableDays === undefined) return reply
  const { 'x-ms-version-id': versionId } = protectionHeaders(protect(address, container, around))
  return withHeaders(reply, { 'x-ms-version-id': versionId ?? '' })
}

/**
 * Storage minds the lease before the condition; Azurite does from 3.39 on. Which other refusal comes first is not documented;
 * that of the right is the furthest from a conflict, so it is answered here.
 */
function refuseExisting({ request, address, around, verdict }: StorageUse, asked: boolean): void {
  if (!request.headers['x-ms-lease-id'] && isLeased(address, around)) throw leased()
  if (verdict.createOnly) throw noOverwrite()
  if (!asked) throw immutable()
}

const existed = ({ status, headers }: SimulatedResponse): boolean =>
  status === 409 && headers?.['x-ms-error-code'] === 'BlobAlreadyExists'

/** The engine knows no versions: the one asked for has been found to be the one there is. */
function asEngineKnows(request: SimulatedRequest): SimulatedRequest {
  return { ...request, target: request.target.replace(/(?<=[?&])versionid=[^&]*&?/i, '') }
}

function policyHeaders(reply: SimulatedResponse, address: BlobAddress, around: Surroundings): Record<string, string> {
  const protection = protectionOf(address, around)
  return reply.status >= 300 || protection === undefined ? {} : protectionHeaders(protection)
}

function containerHeaders(container: StorageContainerSeed | undefined): Record<string, string> {
  const immutable = String(container?.immutableDays !== undefined)
  return { 'x-ms-has-immutability-policy': immutable, 'x-ms-immutable-storage-with-versioning-enabled': immutable }
}

function withHeaders(reply: SimulatedResponse, headers: Record<string, string>): SimulatedResponse {
  return { ...reply, headers: { ...reply.headers, ...headers } }
}
