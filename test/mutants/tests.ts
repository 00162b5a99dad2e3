import { expect, vi } from 'vitest'

// Stands in for `vitest` where mutants are tried: tests are kept as functions, so that each can be run again in the same process
// without loading anything anew. What expects is vitest's own.

export { expect, vi }

/** One test, which runs as often as it is asked. */
export interface KeptTest {
  readonly id: string
  readonly run: () => unknown
}

type Body = (...given: readonly unknown[]) => unknown

const kept: KeptTest[] = []
const afterwards: Body[] = []
const within: string[] = []

/** All that the files loaded so far have declared, since it was last asked. */
export const takeTests = (): KeptTest[] => kept.splice(0)

/** What a file wants to have done after each of its tests. */
export const takeAfterwards = (): Body[] => afterwards.splice(0)

export const afterEach = (body: Body): void => void afterwards.push(body)

function keep(title: string, run: () => unknown): void {
  kept.push({ id: `${[...within, title].join(' > ')} (${String(kept.length)})`, run })
}

function group(title: string, body: Body): void {
  within.push(title)
  body()
  within.pop()
}

const each =
  (declare: (title: string, run: () => unknown) => void) =>
  (table: readonly unknown[]) =>
  (title: string, body: Body) => {
    for (const row of table)
      declare(title, () => (Array.isArray(row) ? body(...(row as readonly unknown[])) : body(row)))
  }

export const test = declaring()
export const it = declaring()
export const describe = Object.assign(group, { each: each(group) })

function declaring() {
  return Object.assign(keep, {
    each: each(keep),
    for: (table: readonly unknown[]) => (title: string, body: Body) => {
      for (const row of table) keep(title, () => body(row))
    }
  })
}
