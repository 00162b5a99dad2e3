import type { ServiceName } from './service.ts'

export interface Fault {
  readonly service: ServiceName
  /** Any operation of the service when absent. */
  readonly operation?: string
  /**
   * `status`: answers with `status` in the request's place. `reset`: drops the connection, nothing applied.
   * `lost-reply`: applies the request, then drops the connection. `truncate`: applies it and sends half the body.
   * `delay`: only waits.
   */
  readonly kind: 'status' | 'reset' | 'lost-reply' | 'truncate' | 'delay'
  /** For `status`; 503 when absent. */
  readonly status?: number
  readonly code?: string
  readonly retryAfterSeconds?: number
  /** Real milliseconds to wait first, with any kind. */
  readonly delayMs?: number
  readonly times: number | 'always'
}

/** What is made to go wrong, in the order it was asked for. */
export class FaultList {
  #faults: { fault: Fault, left: number }[] = []

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times === 'always' ? Infinity : fault.times })
  }

  clear(): void {
    this.#faults = []
  }

  /** The fault this request meets, if any; counts it. */
  take(service: ServiceName, operation: string): Fault | undefined {
    const met = this.#faults.find(({ fault, left }) => left > 0 && fault.service === service
      && (fault.operation === undefined || fault.operation === operation))
    if (met === undefined) return undefined
    met.left -= 1
    return met.fault
  }
}
