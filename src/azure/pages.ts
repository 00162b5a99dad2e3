import type { z } from 'zod'

export type Get = <T>(url: string, shape: z.ZodType<T>) => Promise<T>

/** All of a list that ARM answers in pages. */
export async function everyPage<T>(
  get: Get,
  first: string,
  shape: z.ZodType<{ value: T[]; nextLink?: string | null | undefined }>
): Promise<T[]> {
  const all: T[] = []
  for (let next: string | null | undefined = first; next; ) {
    const page: { value: T[]; nextLink?: string | null | undefined } = await get(next, shape)
    all.push(...page.value)
    next = page.nextLink
  }
  return all
}
