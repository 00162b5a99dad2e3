import { expect, test } from 'vitest'
import { owedIn } from '../../src/orchestrators/wait-on-microsoft.ts'

const registration = {
  states: ['Registered', 'Registered'],
  mailedAt: '2026-11-23T18:00:00.000Z',
  dueAt: '2026-12-01T18:00:00.000Z'
} as const
const late = { ...registration, breachedAt: registration.dueAt }

test('a wait that an older release ended owes the first escalation where its day had passed, and is never taken for none', () => {
  expect(owedIn({ registration: late, escalationsOwed: 3 })).toBe(3)
  expect(owedIn({ registration: late })).toBe(1)
  expect(owedIn({ registration })).toBe(0)
})
