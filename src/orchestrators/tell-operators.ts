import type { OperatorMail, Told } from '../domain/activity-contracts.ts'
import { planWorkloads } from '../domain/build-plan.ts'
import { act, actForEach, now, type Story } from './durable.ts'
import type { Run } from './onboarding.ts'

type Mail = Omit<OperatorMail, 'request' | keyof Told>

/** A mail to operators. One that cannot be sent is shown among the steps; it never stops an onboarding. */
export function* tellOperators(run: Run, mail: Mail): Story<void> {
  yield* shown(run, mail.kind, function* () {
    yield* act(run.context, 'mail-operators', { ...told(run), ...mail })
  })
}

/** The number of the last escalation that is shown as a step: a wait of months must not fill the custom status. */
const lastShown = 4

/** A second mail to each alias, with its first one quoted, and to the operators (R25). */
export function* escalate(run: Run, mail: Mail & { readonly number: number }): Story<void> {
  const mails = planWorkloads(run.plan).map((workload) => ({ ...told(run), ...mail, workload }))
  const title = `escalation${mail.number === 1 ? '' : ` ${String(mail.number)}`}`
  yield* shown(run, mail.number > lastShown ? undefined : title, function* () {
    yield* actForEach(run.context, 'mail-operators', mails)
  })
}

function* shown({ board }: Run, title: string | undefined, send: () => Story<void>): Story<void> {
  try {
    yield* send()
    if (title !== undefined) board.done('Mail', `${title} sent to operators`, ['R25'])
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : ''
    if (title !== undefined) board.done('Mail', `${title} could not be sent: ${why}`, ['R25'])
  }
}

const told = ({ board, context, request, requestId }: Run): Told & Pick<OperatorMail, 'request' | 'replaced'> => {
  const { replaced } = board.status()
  return { onboarding: requestId, now: now(context), request, ...(replaced ? { replaced } : {}) }
}
