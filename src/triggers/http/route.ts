import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions'
import type { z } from 'zod'
import { sent } from '../../contracts/http/components.ts'
import { descriptions, type BodyOf, type QueryOf } from '../../contracts/http/descriptions.ts'
import type { Description } from '../../contracts/http/description.ts'
import { operations, type Operation, type OperationId, type Operations } from '../../contracts/http/operations.ts'
import { parameters, parametersIn, type ParametersOf } from '../../contracts/http/parameters.ts'
import { faultsOf, faultWords, quoted } from '../../domain/terms/fault.ts'
import type { Deployment } from './deployment.ts'
import { isStepUp, requireStepUp } from './step-up.ts'
import { problemResponse, readJson, refusal, refusalOf, visitOf, type Visit } from './http.ts'

/** What the handler of an operation works with: all that its row promises is there and sound. */
export interface VisitOf<Id extends OperationId> extends Visit {
  readonly params: ParametersOf<Operations[Id]['path']>
  readonly query: QueryOf<Id>
  /** Reads the body, or refuses it as the operation's description says. */
  readonly read: () => Promise<BodyOf<Id>>
}

export type Handler<Id extends OperationId> = (visit: VisitOf<Id>) => Promise<HttpResponseInit>

/** What answers an operation: asks who acts and whether they may, reads by its row, and turns refusals into problem documents. */
export const route =
  <Id extends OperationId>(
    deployment: Pick<Deployment, 'tenantId' | 'stepUp'>,
    id: Id,
    handler: Handler<Id>
  ): HttpHandler =>
  async (request, context) => {
    try {
      const operation: Operation = operations[id]
      const visit = visitOf(request, context, { needs: operation.role, tenantId: deployment.tenantId })
      requireStepUp(visit, deployment, { isNeeded: isStepUp(operation) })
      const params = paramsOf(request, operations[id].path)
      const { query, body }: Description = descriptions[id]
      return await handler({
        ...visit,
        params,
        // The schema that is read by is the one that the type is made of.
        query: (query ? readQuery(request, query) : {}) as QueryOf<Id>,
        read: async () => (await readBody(request, body)) as BodyOf<Id>
      })
    } catch (error) {
      return problemResponse(refusalOf(error))
    }
  }

/** The parameters of a path, or a refusal where one cannot be what it stands for. */
export function paramsOf<Path extends string>({ params }: HttpRequest, path: Path): ParametersOf<Path> {
  const entries = parametersIn(path).map((name) => {
    const { schema, otherwise, what, look } = parameters[name]
    const { success, data } = schema.safeParse(params[name])
    if (success) return [name, data] as const
    throw refusal({ code: otherwise, title: `There is no ${what} ${quoted(params[name])}`, detail: look })
  })
  return Object.fromEntries(entries) as ParametersOf<Path> // one for each name in the path
}

/** The query by its schema, or a refusal with every fault. */
export function readQuery<Schema extends z.ZodType>({ query }: HttpRequest, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(Object.fromEntries(query), { error: faultWords })
  if (parsed.success) return parsed.data
  throw refusal({
    code: 'faulty-query',
    title: 'The query has faults',
    detail: 'Mend every fault listed and ask again.',
    faults: faultsOf(parsed.error)
  })
}

async function readBody(request: HttpRequest, body: Description['body']): Promise<unknown> {
  if (!body) return undefined
  if (body.schema === 'task') return readJson(request, {}) // a retry has nothing to say
  const content = await readJson(request, body.whenEmpty)
  if (!body.refused) return content
  const parsed = sent[body.schema].safeParse(content, { error: faultWords })
  if (parsed.success) return parsed.data
  throw refusal({ ...body.refused, faults: faultsOf(parsed.error) })
}
