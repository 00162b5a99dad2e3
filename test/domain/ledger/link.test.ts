import { expect, test } from 'vitest'
import { isLinkTo } from '../../../src/domain/ledger/link.ts'

const entry = { sha256: 'digest', moment: '2026-11-23T09:00:00.000Z' }
const at = (moment: string) => ({ ...entry, moment })

test('an entry is known by its digest and its moment, which two answers of a store may tell a second apart', () => {
  for (const moment of [
    '2026-11-23T09:00:00.000Z',
    '2026-11-23T09:00:01.000Z',
    '2026-11-23T08:59:59.000Z',
    '2026-11-23T09:00:00Z'
  ])
    expect(isLinkTo(at(moment), entry), moment).toBe(true)
  expect(isLinkTo(undefined, undefined)).toBe(true)
})

test('another digest, another moment, none, and one where none is due are of another entry', () => {
  for (const link of [
    at('2026-11-23T09:00:03.000Z'),
    at('2026-11-23T08:59:57.000Z'),
    at(''),
    { ...entry, sha256: 'other' }
  ])
    expect(isLinkTo(link, entry), JSON.stringify(link)).toBe(false)
  expect(isLinkTo(undefined, entry)).toBe(false)
  expect(isLinkTo(entry, undefined)).toBe(false)
})
