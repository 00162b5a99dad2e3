import { createHash } from 'node:crypto'

/** The same GUID for the same name in the same tenant, on every machine. */
export function stableGuid(tenantId: string, name: string): string {
  const hex = createHash('sha256').update(`${tenantId.toLowerCase()}/${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
