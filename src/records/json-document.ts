import { z } from 'zod'
import { faultsOf } from '../domain/terms/fault.ts'
import { UnreadableRecord } from '../contracts/unreadable-record.ts'
import type { StoredKind } from './stored-kinds.ts'

/** What a kind of JSON document looks like, today and before. */
export interface Form<Schema extends z.ZodType> {
  /** What people call it, e.g. `managed vault`. */
  readonly kind: StoredKind
  /** Stands in each document beside its content. A new one needs a reader for the last one, below. */
  readonly format: number
  /** Of the content, without `format`. Fields that it does not know are dropped at reading. */
  readonly schema: Schema
  /** Readers of older formats, by their number: the document as it was parsed → the content of today. */
  readonly older?: Readonly<Record<number, (document: unknown) => z.output<Schema>>>
  /** What of a document of this format only a release to come can have written; undefined where there is nothing such. */
  readonly beyond?: (document: unknown) => string | undefined
  /** How it is written. Default: JSON in one line. */
  readonly text?: (document: object) => string
}

export function documentOf<Schema extends z.ZodType<object>>(form: Form<Schema>) {
  const { kind, format, schema, older = {}, beyond, text = JSON.stringify } = form
  const marked = (content: z.output<Schema>): object => ({ format, ...writable(form, content) })
  return {
    marked,
    textOf: (content: z.output<Schema>): string => text(marked(content)),
    parse: (bytes: Uint8Array, name: string): z.output<Schema> => {
      const document = jsonOf(kind, bytes, name)
      const found = formatOf(document)
      const lift = found === undefined ? undefined : older[found]
      if (lift) return lift(document)
      if (found !== format)
        throw new UnreadableRecord(kind, name, unknownFormat(found, format), { isNewer: (found ?? 0) > format })
      const newer = beyond?.(document)
      if (newer !== undefined) throw new UnreadableRecord(kind, name, newer, { isNewer: true })
      return fitting(form, schema, { document, name })
    }
  }
}

/** What no reader could read back is never written; what the schema does not know, neither. */
function writable<Schema extends z.ZodType<object>>({ kind, schema }: Form<Schema>, content: object): object {
  const { data, error, success } = schema.safeParse(content)
  if (success) return data
  throw new Error(
    `A ${kind} is not what its schema says: ${faultLine(error)}. It was not written; report it as a fault.`
  )
}

/** What a document says, or why it cannot be read: damaged, or of another kind. */
export function fitting<Schema extends z.ZodType>(
  { kind }: { readonly kind: string },
  schema: Schema,
  { document, name }: { readonly document: unknown; readonly name: string }
): z.output<Schema> {
  const { data, error, success } = schema.safeParse(document)
  if (success) return data
  throw new UnreadableRecord(kind, name, faultLine(error))
}

export function jsonOf(kind: string, bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(textOfBytes(bytes))
  } catch {
    throw new UnreadableRecord(kind, name, 'it is no JSON in UTF-8')
  }
}

/** Throws where it is no UTF-8. */
export const textOfBytes = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes)

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const formatOf = (document: unknown): number | undefined =>
  z.object({ format: z.int() }).safeParse(document).data?.format

const unknownFormat = (found: number | undefined, known: number): string =>
  found === undefined ? 'it has no format' : `its format is ${found}, and this app knows those up to ${known}`

const mostFaults = 3

const faultLine = (error: z.core.$ZodError): string =>
  faultsOf(error)
    .slice(0, mostFaults)
    .map(({ path, message }) => `${path || 'the document'}: ${message}`)
    .join('; ')
