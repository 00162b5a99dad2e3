export type RuntimeStatus =
  | 'Pending'
  | 'Running'
  | 'Suspended'
  | 'Completed'
  | 'Failed'
  | 'Terminated'
  | 'Canceled'
  | 'ContinuedAsNew'

/** One orchestration. Payloads are JSON texts, instants milliseconds since 1970. */
export interface Instance {
  readonly id: string
  readonly execution: string
  readonly name: string
  readonly version: string | null
  readonly status: RuntimeStatus
  readonly input: string | null
  readonly output: string | null
  readonly customStatus: string | null
  readonly parent: { readonly id: string; readonly execution: string; readonly task: number } | undefined
  readonly created: number
  readonly updated: number
}

/** Something an instance is told; becomes a row of its history. */
export interface Message {
  readonly id: number
  /** The execution it is meant for; null for whichever runs. */
  readonly execution: string | null
  /** Where it belongs among others that are ready. */
  readonly ordered: number
  readonly event: string
}

export interface NewMessage {
  readonly instance: string
  readonly execution: string | null
  readonly event: string
  /** When it may be delivered; at once when absent. */
  readonly due?: number
  /** Where it belongs among others that are ready. */
  readonly ordered: number
  /** The sequence number of the durable timer it fires. */
  readonly timer?: number
}

export interface ActivityRow {
  readonly id: number
  readonly instance: string
  readonly execution: string
  readonly task: number
  readonly name: string
  readonly input: string
}

export function isOver(status: RuntimeStatus): boolean {
  return status === 'Completed' || status === 'Failed' || status === 'Terminated' || status === 'Canceled'
}
