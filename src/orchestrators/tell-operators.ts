import { noteDone } from './board.ts'
import { calendarOf } from '../domain/calendar/sla.ts'
import { planWorkloads } from '../domain/plan/plan-workloads.ts'
import type { SendTask } from '../domain/tasks/send.ts'
import {
  letterName,
  sameAs,
  type EscalationLetter,
  type OfficerLetter,
  type OperatorLetter,
  type ReplacedLetter
} from '../domain/mails/operator-letters.ts'
import type { Replacement } from '../domain/plan/replacements.ts'
import { act, now, type Story } from './durable.ts'
import { whyNot } from './why-not.ts'
import type { Run } from './run.ts'
import { sentAfter } from './not-then.ts'
import type { Question } from './question.ts'
import { questionOf } from './people.ts'

/**
 * A mail to operators goes beside the work (DESIGN rule 11): it is only started here. Should it not arrive,
 * failed-mails.ts says so.
 */
export function* tellOperators(run: Run, letter: OperatorLetter): Story<void> {
  const { onboarding, ...about } = mail(run)
  const same = sameAs(letter, about.now, calendarOf(run.plan.deployment.sla))
  const why = yield* whyNot(() => act(run.context, 'post-letter', { onboarding, ...about, letter, same }))
  if (why !== undefined) noteDone(run.board, 'Mail', `${letter.kind} could not be started: ${why}`, [])
  else if (letter.kind === 'reminder' || letter.kind === 'done')
    noteDone(run.board, 'Mail', `${letter.kind} goes to operators beside the work; told here if it does not arrive`, [
      'R25'
    ])
}

/**
 * One that must be on its way before the story goes on, and is followed beside it. When the mail service took it, whichever
 * instance sent it; undefined: it takes no more within this hour.
 */
export function* tellFirst(run: Run, letter: ReplacedLetter | OfficerLetter): Story<string | undefined> {
  const about = mail(run)
  const handed = yield* act(run.context, 'mail-operators', { ...about, letter, yields: false })
  if ('held' in handed) return undefined
  const { operationId, sentAt } = handed
  const same = sameAs(letter, about.now, calendarOf(run.plan.deployment.sla))
  yield* act(run.context, 'post-letter', { ...about, letter, same, operationId })
  return sentAt
}

export type Breach = Omit<EscalationLetter, 'kind' | 'workload'>

/**
 * A second mail to each alias, with its first one quoted, and one to the operators (R25). Where people write to Microsoft
 * it returns the questions to send each; `ordinal` counts on when an acknowledgement starts the numbers anew.
 */
export function* escalate(run: Run, { ordinal, ...breach }: Breach & { readonly ordinal: number }): Story<Question[]> {
  const { number, due, states } = breach
  const letters = planWorkloads(run.plan).map(
    (workload): EscalationLetter => ({ ...breach, kind: 'escalation', workload })
  )
  const questions: Question[] = []
  for (const letter of letters) {
    if (run.plan.mail === 'person') questions.push(...(yield* written(run, letter, ordinal)))
    else yield* sent(run, letter, ordinal)
  }
  yield* tellOperators(run, { kind: 'breach', number, due, states })
  return questions
}

/** No courtesy: it is the work itself that sends it, and what follows it goes beside. */
function* sent(run: Run, letter: EscalationLetter, ordinal: number): Story<void> {
  const { context, board } = run
  const why = yield* whyNot(function* () {
    const { operationId } = yield* act(context, 'mail-escalation', { ...mail(run), letter, ordinal })
    const same = [letter.kind, letter.workload, String(ordinal)]
    yield* act(context, 'post-letter', { ...mail(run), letter, same, operationId })
  })
  const what = letterName(letter)
  noteDone(board, 'Mail', why === undefined ? `${what} taken by the mail service` : `${what} failed: ${why}`, ['R25'])
}

function* written(run: Run, letter: EscalationLetter, ordinal: number): Story<Question[]> {
  const task: SendTask = { kind: 'send-escalation', workload: letter.workload, number: ordinal }
  const questions: Question[] = []
  const why = yield* whyNot(function* () {
    const file = { ...mail(run), letter, task }
    const { to } = yield* act(run.context, 'write-escalation', file)
    const question = questionOf(run, task, { onboarding: run.requestId, to })
    questions.push({ ...question, refuse: sentAfter('send-escalation', file.now) })
  })
  const what = letterName(letter)
  noteDone(run.board, 'Mail', why === undefined ? `${what} written for people to send` : `${what} failed: ${why}`, [
    'R25'
  ])
  return questions
}

/** What each mail of the onboarding is written of. */
export const mail = (run: Run) => ({
  onboarding: run.requestId,
  now: now(run.context),
  plan: run.planRef,
  ...whoActs(run)
})

/** Who has come since the request: mails go out in their names. */
export function whoActs({ board }: Pick<Run, 'board'>): { replaced?: readonly Replacement[] } {
  const { replaced } = board.state
  return replaced.length > 0 ? { replaced } : {}
}
