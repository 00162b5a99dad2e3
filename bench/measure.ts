/** Milliseconds. */
export async function timed(work: () => Promise<unknown> | void): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const ROUNDS = 5

/** Medians of five rounds; one side runs after the other in each, so that a slow moment of the machine meets both. */
export async function interleaved<Side extends string>(
  sides: Readonly<Record<Side, () => Promise<number>>>
): Promise<Record<Side, number>> {
  // Of a record the keys are its sides.
  const names = Object.keys(sides) as Side[]
  const results = new Map(names.map((name) => [name, [] as number[]]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) results.get(name)?.push(await sides[name]())
  }
  return Object.fromEntries(names.map((name) => [name, median(results.get(name) ?? [])])) as Record<Side, number>
}
