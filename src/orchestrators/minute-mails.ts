import { orchestrators } from '../contracts/orchestrations.ts'
import type { Patience } from '../domain/state/azure-wait.ts'
import { readAfter } from '../domain/mails/minute-mails.ts'
import { sameAs } from '../domain/mails/operator-letters.ts'
import { calendarOf } from '../domain/calendar/sla.ts'
import { act, input, now, sleepUntil, type Context, type Story } from './durable.ts'
import { insisting, looksFor } from './patience.ts'

/** Seconds: what was said gets its verdict when whoever it was said to wakes, or is taken over. */
const aFortnight: Patience = { first: 60, longest: 86_400, most: 14 * 86_400 }

/**
 * When a minute is over: each giver is told, in one mail, what the app took down as said by them in it, and operators, in one
 * mail, of all that was taken over in it. Then it looks until all of it is judged, and tells of what was not taken.
 */
export function* minuteMails(context: Context): Story<{ letters: number }> {
  const { onboarding, minute } = input(context, orchestrators.minuteMails)
  const posted = new Set<string>()
  yield* sleepUntil(context, new Date(readAfter(minute)))
  yield* looksFor(context, aFortnight, function* () {
    const { letters, sla, isOpen, plan, replaced } = yield* insisting(context, () =>
      act(context, 'gather-letters', { onboarding, now: now(context), minute })
    )
    for (const letter of letters) {
      const same = sameAs(letter, now(context), calendarOf(sla))
      if (posted.has(same.join())) continue
      posted.add(same.join())
      yield* act(context, 'post-letter', { onboarding, now: now(context), plan, replaced, letter, same })
    }
    return isOpen ? undefined : true
  })
  return { letters: posted.size }
}
