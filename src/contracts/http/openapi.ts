import { z } from 'zod'
import type { Sha256 } from '../../domain/terms/digest.ts'
import { entriesOf } from '../../domain/terms/entries.ts'
import { asAnswered, asRead } from '../../domain/terms/json-schema.ts'
import { answerShapes } from '../../domain/tasks/answer-shapes.ts'
import { answered, sent } from './components.ts'
import type { Answer, Description } from './description.ts'
import { descriptions } from './descriptions.ts'
import { always, operations, type Operation, type OperationId } from './operations.ts'
import { aboutOf, ofThePlatform, securitySchemes, tagOf, tags } from './openapi-about.ts'
import { parameters, parametersIn } from './parameters.ts'
import { problems, type ProblemCode } from './problems.ts'

/** The API's description, OpenAPI 3.1, made of the lists and schemas that the app itself works by. */
export function openApi(sha256: Sha256) {
  const paths: Record<string, Record<string, object>> = {}
  for (const [id, { path, method }] of entriesOf(operations)) {
    const under = `/${path}`
    paths[under] = { ...paths[under], [method.toLowerCase()]: operationOf(id, sha256) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Customer Key onboarding',
      version: '1',
      description:
        'Takes a Microsoft 365 tenant through Customer Key set-up. Who acts is who the platform’s sign-in says. ' +
        'Refusals are problem documents (RFC 9457); their `type` is urn:customer-key:problem:{code}, and codes are stable.',
      license: { name: 'MIT', identifier: 'MIT' },
      contact: { name: 'Whoever runs this deployment' }
    },
    servers: [{ url: '/api', description: 'On the app’s own host' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    security: [{ entra: [] }, { thisMachine: [] }],
    paths,
    components: {
      securitySchemes,
      schemas: { ...answerSchemas(), ...bodySchemas() }
    }
  }
}

function operationOf(id: OperationId, sha256: Sha256): object {
  const { summary, path, role, problems: own }: Operation = operations[id]
  const { query, headers = [], body, answers }: Description = descriptions[id]
  return {
    operationId: id,
    summary,
    description: aboutOf(operations[id]),
    tags: [tagOf(path)],
    ...(role === 'anybody' && { security: [] }),
    parameters: [...parametersIn(path).map(inPath), ...inQuery(query), ...headers.map(inHeader)],
    ...(body && { requestBody: { required: true, content: { 'application/json': contentOf(body) } } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(answer, sha256)])),
      ...problemsOf(role === 'anybody' ? own : [...always, ...own]),
      ...(role === 'anybody' && ofThePlatform)
    }
  }
}

const inPath = (name: keyof typeof parameters): object => ({
  name,
  in: 'path',
  required: true,
  description: parameters[name].description,
  schema: bare(z.toJSONSchema(parameters[name].schema, asRead))
})

/** Each field of the query's schema, with what it says of itself. */
function inQuery(query: z.ZodObject | undefined): object[] {
  if (!query) return []
  const { properties = {} } = z.toJSONSchema(query, asRead)
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schema as { description?: string; type?: string; pattern?: string }
    const { pattern: _, ...number } = rest // of the digits that it is written with
    return { name, in: 'query', description, schema: rest.type === 'integer' ? number : rest }
  })
}

const inHeader = (header: { readonly name: string; readonly description: string }): object => ({
  ...header,
  in: 'header',
  schema: { type: 'string' }
})

const contentOf = ({ schema, example }: NonNullable<Description['body']>): object => ({
  schema: schema === 'task' ? { anyOf: answerShapes.map(({ component }) => reference(component)) } : reference(schema),
  example
})

const reference = (name: string): object => ({ $ref: `#/components/schemas/${name}` })

function answerOf({ description, schema, example, headers = [], text = [] }: Answer, sha256: Sha256): object {
  const shown = typeof example === 'function' ? example(sha256) : example
  const content = {
    ...(schema && { 'application/json': { schema: reference(schema), example: shown } }),
    ...Object.fromEntries(text.map((type) => [type, { schema: { type: 'string' } }]))
  }
  const named = Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }]))
  return {
    description,
    ...(headers.length > 0 && { headers: named }),
    ...(Object.keys(content).length > 0 && { content })
  }
}

/** One response for each status, with an example for each code that comes under it. */
function problemsOf(codes: readonly ProblemCode[]): Record<string, object> {
  const byStatus = Map.groupBy(codes, (code) => problems[code][0])
  return Object.fromEntries(
    [...byStatus].map(([status, own]) => [
      String(status),
      {
        description: own.map((code) => sentence(problems[code][1])).join('; '),
        content: {
          'application/problem+json': {
            schema: reference('Problem'),
            examples: Object.fromEntries(own.map((code) => [code, { value: exampleOf(code) }]))
          }
        }
      }
    ])
  )
}

function exampleOf(code: ProblemCode): object {
  const [status, when] = problems[code]
  const detail = 'What happened, to what, and what to do.'
  return { type: `urn:customer-key:problem:${code}`, title: sentence(when), status, detail }
}

const sentence = (text: string): string => text.replace(/^./, (first) => first.toUpperCase())

const answerSchemas = (): Record<string, object> =>
  Object.fromEntries(Object.entries(answered).map(([name, schema]) => [name, bare(z.toJSONSchema(schema, asAnswered))]))

const bodySchemas = (): Record<string, object> => ({
  ...Object.fromEntries(Object.entries(sent).map(([name, schema]) => [name, bare(z.toJSONSchema(schema, asRead))])),
  ...Object.fromEntries(answerShapes.map(({ component, schema }) => [component, bare(z.toJSONSchema(schema, asRead))]))
})

/** A component names no dialect of its own; what follows a tuple’s items is said in the form that every reader knows. */
function bare(schema: object): object {
  const { $schema: _, ...rest } = schema as { $schema?: string }
  const nothing = { not: {} }
  return JSON.parse(
    JSON.stringify(rest, (key, value: unknown) => (key === 'items' && value === false ? nothing : value))
  ) as object
}
