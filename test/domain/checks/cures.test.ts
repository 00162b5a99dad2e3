import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const room = join(import.meta.dirname, '../../../src/domain/checks')

interface Walked {
  readonly code: string
  readonly cure: (observed: unknown, expected: unknown) => string
  readonly broken: readonly { readonly observed: unknown; readonly expected: unknown }[]
}

const isCheck = (value: unknown): value is Walked => typeof value === 'object' && value !== null && 'broken' in value

const checks: Walked[] = (
  await Promise.all(
    readdirSync(room)
      .filter((file) => file !== 'all-checks.ts')
      .map(async (file): Promise<object> => (await import(join(room, file))) as object)
  )
).flatMap((exported) => Object.values(exported).flat().filter(isCheck))

/** Written in capitals wherever they stand. */
const names = /^(SKU|E5|RBAC|PIM|EX|SP|M365|P30D|CKEY_[A-Z_]+)$/

/** Words in capitals that no example gave: whoever reads the cure would have to put something in their place. */
function placeholders({ cure }: Walked, { observed, expected }: Walked['broken'][number]): string[] {
  const given = new Set(JSON.stringify([observed, expected]).match(/[A-Z][A-Z0-9_]+/g))
  return [...cure(observed, expected).matchAll(/(?<![\w$-])[A-Z][A-Z0-9_]+(?![a-z\w])/g)]
    .map(([word]) => word)
    .filter((word) => !given.has(word) && !names.test(word))
}

// A command with a gap in it is no cure: nobody knows in the night which value was meant.
test.for(checks)('what $code says to do is complete, whatever is found', (check) => {
  for (const example of check.broken)
    expect(placeholders(check, example), check.cure(example.observed, example.expected)).toEqual([])
})
