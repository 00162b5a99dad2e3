import type { HttpRequest } from '@azure/functions'
import type { z } from 'zod'
import { faultsOf, faultWords } from '../../domain/terms/fault.ts'
import type { ProblemFacts } from '../../domain/terms/problem.ts'
import { readJson, refusal } from './http.ts'

/** Reads a JSON body of this shape, or refuses it: as `readJson` does, and 422 with every fault. */
export async function readValid<Schema extends z.ZodType>(
  request: HttpRequest,
  schema: Schema,
  refused: Pick<ProblemFacts, 'code' | 'title' | 'detail'>,
  whenEmpty?: unknown
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await readJson(request, whenEmpty), { error: faultWords })
  if (parsed.success) return parsed.data
  throw refusal({ ...refused, status: 422, faults: faultsOf(parsed.error) })
}
