/** `count` of the items, far from each other, chosen by a seed: the same for the same one, and all over enough seeds. */
export function pick<T>(items: readonly T[], count: number, seed: number): T[] {
  const step = coprime(Math.max(1, Math.floor(items.length * golden)), items.length)
  return Array.from(
    { length: Math.min(count, items.length) },
    (_, index) => ((seed * count + index) * step) % items.length
  ).flatMap((at) => items.slice(at, at + 1))
}

const golden = 0.618

function coprime(start: number, size: number): number {
  return divisor(start, size) === 1 ? start : coprime(start + 1, size)
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
