import { z } from 'zod'
import { page, tags, text } from './words.ts'

/** Of many types, each with properties of its own: whoever reads them compares them with what they must be. */
export const deployedResource = z.object({
  id: z.string().startsWith('/'), // it is part of the next question’s address
  name: text,
  tags: tags.transform((found) => found ?? {}),
  properties: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((found) => found ?? {})
})

export const deployedResources = page(deployedResource)

/** https://learn.microsoft.com/rest/api/appservice/web-apps/list-application-settings */
export const appSettings = z.object({ properties: z.record(z.string(), z.string()) })
