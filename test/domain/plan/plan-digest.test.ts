import { expect, test } from 'vitest'
import { beginsDigest, planDigest, shortDigest } from '../../../src/domain/plan/plan-digest.ts'

const digest = `v1.bc8a34fa${'0'.repeat(56)}`

test('a digest names the version of the way it was made', () => {
  expect(planDigest.safeParse(digest).success).toBe(true)
  expect(planDigest.safeParse(digest.slice(3)).success).toBe(false)
  expect(planDigest.safeParse(digest.replace('v1', 'v2')).success).toBe(false)
})

test('people read its first eight characters, and type them with the version or without', () => {
  expect(shortDigest(digest)).toBe('bc8a34fa')
  expect(['bc8a34fa', 'v1.bc8a3', digest].map((typed) => beginsDigest(typed, digest))).toEqual([true, true, true])
  expect(['', 'bc8a', 'v1.bc', 'bc8a34fb'].map((typed) => beginsDigest(typed, digest))).toEqual([
    false,
    false,
    false,
    false
  ])
})
