import type { Verdict } from '../contracts/ledger.ts'
import { minuteOf, minutesAround } from '../domain/mails/minute-mails.ts'
import { act, now, type Story } from './durable.ts'
import type { Desk } from './run.ts'
import { whyNot } from './why-not.ts'

/**
 * Whoever gave this answer is told by mail that it was taken down, should that not be under way yet; and that it was not taken,
 * should that be so.
 */
export function* confirmVerdict(
  { context, requestId }: Pick<Desk, 'context' | 'requestId'>,
  answer: { readonly at: string },
  { verdict }: Pick<Verdict, 'verdict'>
): Story<void> {
  const at = now(context)
  const minutes = [minuteOf(answer.at), ...(verdict === 'taken' ? [] : minutesAround(at))]
  yield* whyNot(() => act(context, 'start-minute-mails', { onboarding: requestId, now: at, minutes }))
}
