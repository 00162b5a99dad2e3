import type { OperatorMail, Told } from '../domain/activity-contracts.ts'
import { act, now, type Story } from './durable.ts'
import type { Run } from './onboarding.ts'

/** A mail to operators. One that cannot be sent is shown among the steps; it never stops an onboarding. */
export function* tellOperators(run: Run, mail: Omit<OperatorMail, 'request' | keyof Told>): Story<void> {
  const { context, board, request, requestId } = run
  try {
    yield* act(context, 'mail-operators', { onboarding: requestId, now: now(context), request, ...mail })
    board.done('Mail', `${mail.kind} sent to operators`, ['R25'])
  } catch (error) {
    board.done('Mail', `${mail.kind} could not be sent: ${error instanceof Error ? error.message.slice(0, 200) : ''}`, ['R25'])
  }
}
