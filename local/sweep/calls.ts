import type { Exchange } from '../azure/core/answer.ts'
import type { Fault, FaultedRequest } from '../azure/core/faults.ts'
import { stepHeader } from './mark-steps.ts'

/** One kind of call that an onboarding makes: an operation of a service, in a step. */
export interface SweptCall {
  readonly service: Fault['service']
  readonly operation: string
  /** Name of the activity. */
  readonly step: string
}

/** The distinct calls among some exchanges, in order of name. Requests of nobody's step are those of the simulation. */
export function distinctCalls(exchanges: readonly Exchange[]): SweptCall[] {
  const calls = new Map<string, SweptCall>()
  for (const { service, operation, request } of exchanges) {
    const step = request.headers[stepHeader]
    if (step !== undefined) calls.set(nameOfCall({ service, operation, step }), { service, operation, step })
  }
  return [...calls.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, call]) => call)
}

export const nameOfCall = ({ service, operation, step }: SweptCall): string => `${step}: ${service} ${operation}`

export const isOfStep =
  (step: string) =>
  ({ headers }: FaultedRequest): boolean =>
    headers[stepHeader] === step
