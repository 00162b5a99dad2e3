import { AzureError, type SimulatedRequest } from '../core/service.ts'

/** The body as a JSON object. Throws ARM's 400 for anything else. */
export function readJson(request: SimulatedRequest): Record<string, unknown> {
  const value = parse(request.body.toString())
  if (isObject(value)) return value
  throw new AzureError(400, 'InvalidRequestContent', 'The request content was invalid and could not be deserialized.')
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Tags of a resource: strings only, none when absent. */
export function readTags(value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {}
  if (!isObject(value)) throw new AzureError(400, 'InvalidRequestContent', 'The tags must be an object of strings.')
  return Object.fromEntries(Object.entries(value).map(([name, tag]) => [name, String(tag)]))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
