import type { SimulatedRequest, SimulatedResponse } from './service.ts'
import type { ServiceName } from './service-name.ts'

export interface Fault {
  readonly service: ServiceName
  /** Any operation of the service when absent. */
  readonly operation?: string
  /**
   * `status`: answers with `status` in the request's place. `reset`: drops the connection, nothing applied.
   * `lost-reply`: applies the request, then drops the connection. `truncate`: applies it and sends half the body.
   * `answer`: applies it and answers what `says` makes of the answer. `delay`: only waits.
   */
  readonly kind: 'status' | 'reset' | 'lost-reply' | 'truncate' | 'answer' | 'delay'
  /** For `status`; 503 when absent. */
  readonly status?: number
  readonly code?: string
  /** For `answer`: e.g. another body, or a yes in place of a no. */
  readonly says?: (answer: SimulatedResponse) => SimulatedResponse
  /** Azure's words; they name the code when absent. */
  readonly message?: string
  /** For `status`: what stands beside code and message in the error of a JSON body, e.g. an inner error. */
  readonly more?: Readonly<Record<string, unknown>>
  readonly retryAfterSeconds?: number
  /** Real milliseconds to wait first, with any kind. */
  readonly delayMs?: number
  readonly times: number | 'always'
  /** How many requests that fit pass unharmed first: 2 means that the third is the first to meet it. */
  readonly after?: number
  /** Whether it is this request's; any, when absent. */
  readonly fits?: (request: FaultedRequest) => boolean
}

/** What a fault can be chosen by beside service and operation. */
export type FaultedRequest = Pick<SimulatedRequest, 'method' | 'host' | 'path' | 'headers'>

/** What is made to go wrong, in the order it was asked for. */
export class FaultList {
  #faults: { fault: Fault; toPass: number; left: number }[] = []

  /** Returns what takes the fault away again. */
  add(fault: Fault): () => void {
    this.#faults.push({ fault, toPass: fault.after ?? 0, left: fault.times === 'always' ? Infinity : fault.times })
    return () => {
      this.#faults = this.#faults.filter((each) => each.fault !== fault)
    }
  }

  clear(): void {
    this.#faults = []
  }

  /** The fault this request meets, if any; counts it. Delays of their own are added to the one of another kind. */
  take(service: ServiceName, operation: string, request: FaultedRequest): Fault | undefined {
    const fitting = this.#faults.filter(
      ({ fault, left }) =>
        left > 0 &&
        fault.service === service &&
        (fault.operation === undefined || fault.operation === operation) &&
        (fault.fits?.(request) ?? true)
    )
    const ready = fitting.filter((each) => each.toPass-- <= 0)
    const delays = ready.filter(({ fault }) => fault.kind === 'delay')
    const first = ready.find(({ fault }) => fault.kind !== 'delay') ?? delays[0]
    if (first === undefined) return undefined
    for (const met of new Set([...delays, first])) met.left -= 1
    const delayMs = [...new Set([...delays, first])].reduce((sum, { fault }) => sum + (fault.delayMs ?? 0), 0)
    return { ...first.fault, delayMs }
  }
}
