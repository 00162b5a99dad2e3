/** A page of a list as ARM answers it. */
interface Page<T> {
  readonly value: readonly T[]
  readonly nextLink?: string | null | undefined
}

/** All of a list that ARM answers in pages. */
export async function everyPage<T>(get: (url: string) => Promise<Page<T>>, first: string): Promise<T[]> {
  const all: T[] = []
  for (let next: string | null | undefined = first; next; ) {
    const page: Page<T> = await get(next)
    all.push(...page.value)
    next = page.nextLink
  }
  return all
}
