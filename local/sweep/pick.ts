/** `count` of the items, chosen by a seed: the same for the same seed, and all of them over enough seeds. */
export function pick<T>(items: readonly T[], count: number, seed: number): T[] {
  if (count >= items.length) return [...items]
  const step = coprime(Math.max(1, Math.floor(items.length * golden)), items.length)
  return Array.from({ length: count }, (_, index) => (seed * count + index) * step % items.length)
    .flatMap((at) => items.slice(at, at + 1))
}

const golden = 0.618

function coprime(start: number, size: number): number {
  return divisor(start, size) === 1 ? start : coprime(start + 1, size)
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
