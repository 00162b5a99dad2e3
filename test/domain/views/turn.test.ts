import { expect, test } from 'vitest'
import type { OnboardingDocument } from '../../../src/domain/views/documents.ts'
import { chapters } from '../../../src/domain/state/chapters.ts'
import { turnOf } from '../../../src/domain/views/turn.ts'

/** What a turn is made of while nothing is asked and nothing found. */
const running = (change: Partial<OnboardingDocument>): OnboardingDocument =>
  ({ status: 'running', waitingOn: 'azure', halted: null, findings: [], waits: [], ...change }) as OnboardingDocument // no more is read

test('between its last chapter and its end an onboarding is closing, and works on no chapter called done', () => {
  expect(turnOf(running({ step: 'done', waitingOn: 'nobody' }))).toMatchObject({
    headline: 'Handed off, and closing',
    next: expect.stringContaining('read the hand-off')
  })
  const cancelled = turnOf(running({ step: 'registration', waitingOn: 'nobody' }))
  expect(cancelled).toMatchObject({ headline: 'Cancelled, and closing' })
  expect(JSON.stringify(cancelled)).not.toMatch(/Working|Next:/)
})

test.each(chapters)('in $title it says what is worked on', ({ step, title }) => {
  expect(turnOf(running({ step })).headline).toBe(`Working: ${title}`)
})
