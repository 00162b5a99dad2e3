import { zip } from '../domain/terms/zip.ts'
import { noteDone } from './board.ts'
import type { OperatorMail } from '../contracts/activities.ts'
import { planWorkloads } from '../domain/plan/plan-workloads.ts'
import type { SendTask } from '../domain/tasks/send.ts'
import type { EscalationLetter, Letter } from '../domain/mails/operator-letters.ts'
import type { Replacement } from '../domain/plan/replacements.ts'
import { act, actForEach, now, whyFailed, type Story } from './durable.ts'
import type { Run } from './run.ts'
import { sentAfter } from './not-then.ts'
import type { Question } from './question.ts'
import { Cancelled, questionOf } from './people.ts'

/** A mail to operators. One that cannot be sent is shown among the steps; it never stops an onboarding. */
export function* tellOperators(run: Run, letter: Letter): Story<void> {
  const why = yield* attempted(function* () {
    yield* act(run.context, 'mail-operators', mail(run, letter))
  })
  if (why !== undefined) noteDone(run.board, 'Mail', `${letter.kind} could not be sent: ${why}`, [])
  else if (letter.kind === 'reminder' || letter.kind === 'done')
    noteDone(run.board, 'Mail', `${letter.kind} sent to operators`, ['R25'])
}

export type Breach = Omit<Extract<Letter, { kind: 'escalation' }>, 'kind' | 'workload'>

/**
 * A second mail to each alias, with its first one quoted, and one to the operators (R25). Where people write to Microsoft
 * it returns the questions to send each; `ordinal` counts on when an acknowledgement starts the numbers anew.
 */
export function* escalate(run: Run, { ordinal, ...breach }: Breach & { readonly ordinal: number }): Story<Question[]> {
  const { number, due, states } = breach
  const toAliases = planWorkloads(run.plan).map(
    (workload): EscalationLetter => ({ ...breach, kind: 'escalation', workload })
  )
  const toOperators: Letter = { kind: 'breach', number, due, states }
  const byPeople = run.plan.mail === 'person'
  const questions: Question[] = []
  const why = yield* attempted(function* () {
    if (byPeople) questions.push(...(yield* written(run, toAliases, ordinal)))
    const letters = byPeople ? [toOperators] : [...toAliases, toOperators]
    yield* actForEach(
      run.context,
      'mail-operators',
      letters.map((letter) => mail(run, letter))
    )
  })
  const title = `escalation${number === 1 ? '' : ` ${String(number)}`}`
  noteDone(run.board, 'Mail', why === undefined ? `${title} sent to operators` : `${title} could not be sent: ${why}`, [
    'R25'
  ])
  return questions
}

function* written(run: Run, letters: readonly EscalationLetter[], ordinal: number): Story<Question[]> {
  const files = letters.map((letter) => {
    const task: SendTask = { kind: 'send-escalation', workload: letter.workload, number: ordinal }
    return { ...mail(run, letter), letter, task }
  })
  const receivers = yield* actForEach(run.context, 'write-escalation', files)
  return zip(files, receivers).map(([{ task, now: writtenAt }, { to }]) => ({
    ...questionOf(run, task, { onboarding: run.requestId, to }),
    refuse: sentAfter('send-escalation', writtenAt)
  }))
}

/** Why it failed; undefined when it did not. */
function* attempted(send: () => Story<void>): Story<string | undefined> {
  try {
    yield* send()
    return undefined
  } catch (error) {
    if (error instanceof Cancelled) throw error
    return whyFailed(error)
  }
}

const mail = (run: Run, letter: Letter): OperatorMail => ({
  onboarding: run.requestId,
  now: now(run.context),
  plan: run.planRef,
  letter,
  ...whoActs(run)
})

/** Who has come since the request: mails go out in their names. */
export function whoActs({ board }: Pick<Run, 'board'>): { replaced?: readonly Replacement[] } {
  const { replaced } = board.state
  return replaced.length > 0 ? { replaced } : {}
}
