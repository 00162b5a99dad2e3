import { expect, test } from 'vitest'
import { findingsLines } from '../../cli/finding-lines.ts'

const finding = {
  check: 'vault-premium',
  code: 'vault-premium-some-vault',
  requirement: 'R28',
  resource: 'some-vault',
  observed: 'SKU standard',
  expected: 'SKU premium',
  remedy: 'Change it.',
  overridable: false
} as const

test('a finding says what was observed, what it means, what to do and how to look, with what it is about put in', () => {
  const [head, observed, means, cure, look] = findingsLines([finding])
  expect(head).toBe('  ✗ vault-premium-some-vault  some-vault  R28')
  expect(observed).toBe('    observed SKU standard; expected SKU premium')
  expect(means).toMatch(/^ {4}The vault is not Premium/)
  expect(cure).toBe('    Change it.')
  expect(look).toBe('    look: az keyvault show --name some-vault --query properties.sku.name')
})

test('one that only an older version of the app makes is shown by what it carries', () => {
  expect(findingsLines([{ ...finding, check: 'of-old' }])).toHaveLength(3)
})

test('findings of one cause are one, which says how many it stands for and which they are', () => {
  const cause = 'subscription a is not enabled'
  const others = [1, 2, 3, 4, 5, 6, 7].map((n) => ({ ...finding, code: `other-${String(n)}`, cause }))
  const lines = findingsLines([{ ...finding, cause }, { ...finding, code: 'of-its-own' }, ...others])
  expect(lines.filter((line) => line.startsWith('  ✗'))).toHaveLength(2)
  expect(lines.filter((line) => line.includes('more of the same cause'))).toEqual([
    `    and 7 more of the same cause (${cause}): other-1, other-2, other-3, other-4, other-5, …`
  ])
})
