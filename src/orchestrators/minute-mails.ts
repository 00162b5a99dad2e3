import { orchestrators } from '../contracts/orchestrations.ts'
import { readAfter } from '../domain/mails/minute-mails.ts'
import { sameAs } from '../domain/mails/operator-letters.ts'
import { calendarOf } from '../domain/calendar/sla.ts'
import { act, input, now, sleepUntil, type Context, type Story } from './durable.ts'
import { insisting } from './patience.ts'

/**
 * When a minute is over: each giver is told, in one mail, what the app took down as said by them in it, and operators, in one
 * mail, of all that was taken over in it.
 */
export function* minuteMails(context: Context): Story<{ letters: number }> {
  const { onboarding, minute } = input(context, orchestrators.minuteMails)
  yield* sleepUntil(context, new Date(readAfter(minute)))
  const { letters, sla, ...about } = yield* insisting(context, () =>
    act(context, 'gather-letters', { onboarding, now: now(context), minute })
  )
  for (const letter of letters) {
    const same = sameAs(letter, now(context), calendarOf(sla))
    yield* act(context, 'post-letter', { onboarding, now: now(context), ...about, letter, same })
  }
  return { letters: letters.length }
}
