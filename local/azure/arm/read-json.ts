import { AzureError, type SimulatedRequest } from '../core/service.ts'

/** The body as a JSON object. Throws ARM's 400 for anything else. */
export function readJson(request: SimulatedRequest): Record<string, unknown> {
  const { 'content-type': type = '' } = request.headers
  if (!/^application\/json\b/i.test(type))
    throw new AzureError(
      415,
      'UnsupportedMediaType',
      `The content media type '${type}' is not supported. Only 'application/json' is supported.`
    )
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
  const tags = Object.entries(value).map(([name, tag]) => [name, String(tag)] as const)
  if (tags.length > 50)
    throw new AzureError(
      400,
      'InvalidTagCount',
      `The resource has ${String(tags.length)} tags; at most 50 are allowed.`
    )
  for (const [name, tag] of tags) requireTag(name, tag)
  return Object.fromEntries(tags)
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations; its codes are not documented. */
function requireTag(name: string, tag: string): void {
  if (name === '' || name.length > 512 || /[<>%&\\?/]/.test(name))
    throw new AzureError(400, 'InvalidTagNameCharacters', `The tag name '${name}' is not valid.`)
  if (tag.length > 256) throw new AzureError(400, 'InvalidTagValue', `The value of the tag '${name}' is too long.`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
