export interface RecordedOffer {
  readonly workload: string
  readonly requestId: string
}

/** Why this is no FastTrack request of a workload's own (R13). */
export function whyNotItsOwn(requestId: string, others: readonly RecordedOffer[]): string | undefined {
  const other = others.find((each) => each.requestId.toLowerCase() === requestId.toLowerCase())
  return (
    other &&
    `${requestId} is the request recorded for ${other.workload}. Submit one for each workload, and give its own id.`
  )
}
