import { expect, test } from 'vitest'
import { isCopied } from '../../../src/domain/checks/kept-key.ts'

test.each([
  ['2026-11-30T23:31:30.572Z', '2026-11-30T23:31:30.000Z', true],
  ['2026-11-30T23:31:30.000Z', '2026-11-30T23:31:30.000Z', true],
  ['2026-11-30T23:31:31.000Z', '2026-11-30T23:31:30.999Z', false],
  ['2026-11-30T23:31:30.000Z', undefined, false],
  [undefined, undefined, true]
])(
  'a backup of %s and a copy attested %s: in it by whole seconds, as the store tells its moments, %s',
  (backedUpAt, copiedAt, copied) => {
    expect(isCopied({ backedUpAt, copiedAt })).toBe(copied)
  }
)
