import { orchestrators } from '../contracts/orchestrations.ts'
import { calendarOf } from '../domain/calendar/sla.ts'
import { lettersOn, sameAs } from '../domain/mails/operator-letters.ts'
import { act, input, now, whyFailed, type Context, type Story } from './durable.ts'

/** Tells operators what stands open in each onboarding. One that cannot be told is told at the next tick. */
export function* operatorReminders(context: Context): Story<{ failed: string[] }> {
  const { onboardings } = input(context, orchestrators.operatorReminders)
  const failed: string[] = []
  for (const { onboarding, plan, replaced, standing, sla } of onboardings) {
    const calendar = calendarOf(sla)
    for (const letter of lettersOn(standing, now(context), calendar)) {
      const same = sameAs(letter, now(context), calendar)
      try {
        yield* act(context, 'post-letter', { onboarding, now: now(context), plan, replaced, letter, same })
      } catch (error) {
        failed.push(`${onboarding} ${letter.kind}: ${whyFailed(error)}`)
      }
    }
  }
  return { failed }
}
