import { expect, test } from 'vitest'
import { quotedInPowerShell } from '../../../src/domain/terms/powershell.ts'

test('a value is taken word for word, quotes and all', () => {
  expect(quotedInPowerShell('a $(b) `c')).toBe("'a $(b) `c'")
  expect(quotedInPowerShell("O'Brien ‘x’")).toBe("'O''Brien ‘‘x’’'")
})
