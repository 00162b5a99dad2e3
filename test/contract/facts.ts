import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const source = z.object({
  file: z.string(),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  /** `v…` stands in the path. */
  version: z.string().regex(/^(\d{4}-\d\d-\d\d(-preview)?|v\d\.\d)$/),
  /** The header that asks for a version, and says which one answered; without it, the query parameter `api-version` asks. */
  versionHeader: z.string().optional()
})
const operation = z.object({
  source: z.string(),
  method: z.string(),
  /** `{name}` is one segment, `{*name}` one or more, `{?name}` one or none. A query behind it must be asked for. */
  path: z.string(),
  /** Headers, and what they must say, that tell operations of one method and path from each other. */
  asks: z.record(z.string(), z.string()).default({}),
  /** The shape of the body by status; `nothing` for none, `bytes` for any. */
  answers: z.record(z.string(), z.string()),
  /** The shape of a success's headers, names in lower case; `x-ms-meta-*` is any name that begins so. */
  headers: z.string().optional()
})

const factsShape = z.object({
  sources: z.record(z.string(), source),
  /** The shape of every refusal, by service. */
  errors: z.record(z.string(), z.string()),
  /** The shape of every refusal's headers, where Azure defines any. */
  errorHeaders: z.record(z.string(), z.string()),
  /** The shape of an event's data, by the type of the event. */
  events: z.record(z.string(), z.string()),
  /** By service and operation, as the simulated Azure's journal names them. */
  operations: z.record(z.string(), operation),
  /** Properties and their types; a property that is not listed is not Azure's, or not one the simulation gives. */
  shapes: z.record(z.string(), z.record(z.string(), z.string())),
  enums: z.record(z.string(), z.array(z.string()))
})

export type Facts = z.output<typeof factsShape>
export type OperationFacts = z.output<typeof operation>

export const factsText = readFileSync(join(import.meta.dirname, 'facts.json'), 'utf8')

export const parseFacts = (text: string): Facts => factsShape.parse(JSON.parse(text))

export const facts: Facts = parseFacts(factsText)
