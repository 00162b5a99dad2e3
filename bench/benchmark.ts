export interface Outcome {
  readonly value: number
  readonly unit: string
  /** What it is held against, with what was measured of it in this run. */
  readonly against: string
  /** As in `>= 1`. */
  readonly bound: string
  readonly holds: boolean
}

export interface Benchmark {
  readonly name: string
  run(): Promise<Outcome>
}

/** Compares as `bound` says, so that a line never claims another bound than the one it was judged by. */
export function judged(
  value: number,
  relation: '>=' | '<=',
  limit: number
): Pick<Outcome, 'value' | 'bound' | 'holds'> {
  return {
    value: round(value),
    bound: `${relation} ${round(limit)}`,
    holds: relation === '>=' ? value >= limit : value <= limit
  }
}

/** Three digits that count. */
export function round(value: number): number {
  return Number(value.toPrecision(3))
}
