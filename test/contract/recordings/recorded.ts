import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const pair = z.object({
  /** As the simulated Azure's journal names service and operation. */
  operation: z.string(),
  method: z.string(),
  path: z.string(),
  /** Asked for by query, by `x-ms-version`, or in the path. */
  version: z.string(),
  status: z.number(),
  code: z.string().optional(),
  source: z.string(),
  file: z.string(),
  /** Names of Azure's headers that every such answer had. */
  headers: z.array(z.string()),
  /** Types by path; `?` where not each answer had it. */
  body: z.record(z.string(), z.string()),
  words: z.record(z.string(), z.array(z.string()))
})

const recordedShape = z.object({
  /** Commit by repository. */
  sources: z.record(z.string(), z.string().regex(/^[0-9a-f]{40}$/)),
  pairs: z.array(pair)
})

export type Pair = z.output<typeof pair>

export const recorded = recordedShape.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'recorded.json'), 'utf8'))
)
