import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import type { Reply, RunningApp } from './running-app.ts'

interface MediaType {
  readonly schema: object
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { value: unknown }>>
}

type Contents = Readonly<Record<string, MediaType>>

export interface Described {
  readonly operationId: string
  readonly parameters: readonly { name: string; in: string; schema: object }[]
  readonly requestBody?: { readonly content: Contents }
  readonly responses: Readonly<Record<string, { content?: Contents }>>
}

export interface Description {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

export interface Call {
  readonly parameters?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly actor?: string
}

/** A function for each operation: it calls what the description says, and holds the answer to what the description promises. */
export type Client = Readonly<Record<string, (call?: Call) => Promise<Reply>>>

export function clientOf(description: Description, app: RunningApp): Client {
  const { valid } = validator(description)
  const called = ([path, methods]: [string, Readonly<Record<string, Described>>]) =>
    Object.entries(methods).map(
      ([method, operation]) =>
        [
          operation.operationId,
          async (call: Call = {}) => {
            const reply = await app.ask(`/api${addressOf(path, operation, call)}`, {
              method: method.toUpperCase(),
              ...sentOf(call)
            })
            const content = contentOf(operation, reply)
            if (content) expect(valid(content.schema, reply.body)).toEqual([])
            return reply
          }
        ] as const
    )
  return Object.fromEntries(Object.entries(description.paths).flatMap(called))
}

/** What the description promises for this answer; a problem must be one of those it names. */
function contentOf({ operationId, responses }: Described, { status, text, type, body }: Reply): MediaType | undefined {
  const response = responses[String(status)]
  expect(response, `${operationId} answered ${String(status)}: ${text}`).toBeDefined()
  if (text === '') return undefined
  const media = type?.split(';')[0] ?? ''
  const content = response?.content?.[media]
  expect(content, `${operationId} answered ${media}`).toBeDefined()
  if (media.includes('problem'))
    expect(Object.keys(content?.examples ?? {})).toContain((body as { type: string }).type.split(':').at(-1))
  return content
}

/** Says what is wrong with a value; nothing where it fits the schema. */
export function validator({ components }: Description): { valid: (schema: object, value: unknown) => string[] } {
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': true, email: true, uuid: true } })
  const made = new Map<object, ValidateFunction>()
  return {
    valid(schema, value) {
      const validate = made.get(schema) ?? ajv.compile({ ...schema, components })
      made.set(schema, validate)
      return validate(value)
        ? []
        : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
    }
  }
}

function addressOf(path: string, { parameters }: Described, { parameters: given = {} }: Call): string {
  const query = new URLSearchParams(
    parameters
      .filter((each) => each.in === 'query' && given[each.name] !== undefined)
      .map((each): [string, string] => [each.name, given[each.name] ?? ''])
  )
  return `${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given[name] ?? ''))}?${query.toString()}`
}

const sentOf = ({ body, actor }: Call) => ({
  ...(body === undefined ? {} : { body }),
  ...(actor === undefined ? {} : { actor })
})
