import { z } from 'zod'
import { quoted } from '../terms/fault.ts'
import { isReadable } from '../terms/line-of-text.ts'
import { ownTags } from '../terms/tags.ts'

/** Azure lets a resource have this many tags; a vault has those of the app beside those of the request. */
const mostTags = 50 - ownTags.length
const longestName = 512
const longestValue = 256

/**
 * Tags for the resource groups and vaults that the app makes, beside its own. Azure's limits:
 * https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
 */
export const requestTags = z.record(z.string(), z.string()).superRefine((tags, context) => {
  const names = Object.keys(tags)
  if (names.length > mostTags) {
    const message = `There are ${names.length} tags. Azure and the app's own leave room for ${mostTags}: remove some.`
    context.addIssue({ code: 'custom', message })
  }
  const seen = new Set<string>()
  for (const [name, value] of Object.entries(tags)) {
    const fault = nameFault(name, seen) ?? valueFault(name, value)
    if (fault) context.addIssue({ code: 'custom', path: [name], message: fault })
    seen.add(name.toLowerCase())
  }
})

/** Azure compares names of tags without case. */
function nameFault(name: string, seen: ReadonlySet<string>): string | undefined {
  if (seen.has(name.toLowerCase())) return `Tag ${quoted(name)} is named twice, whatever its case. Remove one.`
  if (ownTags.includes(name.toLowerCase())) return `Tag ${quoted(name)} is set by the app itself. Remove it.`
  if (name.trim() === '' || name.length > longestName || /[<>%&\\?/]/.test(name) || !isReadable(name)) {
    return `${quoted(name)} is not a name of a tag: 1 to ${longestName} characters, none of <>%&\\?/. Correct it.`
  }
  return undefined
}

/** Azure takes an empty one. */
function valueFault(name: string, value: string): string | undefined {
  if (value.length > longestValue)
    return `The value of tag ${quoted(name)} has ${value.length} characters. Azure allows ${longestValue}: shorten it.`
  if (value === '' || isReadable(value)) return undefined
  return `The value ${quoted(value)} of tag ${quoted(name)} is not one line of text that can be read. Write it again.`
}
