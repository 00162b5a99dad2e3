import { expect, test } from 'vitest'
import { findingLines } from '../../cli/finding-lines.ts'

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
  const [head, observed, means, cure, look] = findingLines(finding)
  expect(head).toBe('  ✗ vault-premium-some-vault  some-vault  R28')
  expect(observed).toBe('    observed SKU standard; expected SKU premium')
  expect(means).toMatch(/^ {4}The vault is not Premium/)
  expect(cure).toBe('    Change it.')
  expect(look).toBe('    look: az keyvault show --name some-vault --query properties.sku.name')
})

test('one that only an older version of the app makes is shown by what it carries', () => {
  expect(findingLines({ ...finding, check: 'of-old' })).toHaveLength(3)
})
