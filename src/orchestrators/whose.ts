import type { Patience } from '../domain/state/azure-wait.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import { noteDone } from './board.ts'
import { act, now, StepRefused, StoryEnds, whyFailed, type Story } from './durable.ts'
import { patiently } from './patiently.ts'
import type { Desk } from './run.ts'

/**
 * Why this answer does not count from whoever gave it (R11). While the directory does not answer it is waited for; what it
 * refuses finally, or for a day, is no yes.
 */
export function* whyNotTheirs(desk: Desk, { by }: Pick<Answer, 'by'>, answer: string): Story<string | undefined> {
  const { context, planRef: plan, requestId: onboarding } = desk
  try {
    const { why, unread } = yield* patiently(
      desk,
      { what: `the directory to say who ${by} is now`, patience: aDay },
      () => act(context, 'weigh-answer', { onboarding, now: now(context), plan, answer, by }),
      (error) => error instanceof StepRefused
    )
    if (unread !== undefined) noteUnread(desk, unread)
    return why
  } catch (error) {
    if (error instanceof StoryEnds) throw error
    return `Who ${by} is now could not be looked up (${whyFailed(error)}). Answer again.`
  }
}

const aDay: Patience = { first: 60, longest: 3600, most: 24 * 3600 }

/** Once: it is the same with every answer. */
function noteUnread({ board }: Desk, unread: string): void {
  if (!board.state.steps.some(({ title }) => title === notRead)) noteDone(board, notRead, unread, ['R11'])
}

const notRead = 'Not read'
