import { note, noteDone, open } from './board.ts'
import type { EvidenceRef } from '../domain/terms/evidence.ts'
import { saidMoment } from '../domain/tasks/said-moment.ts'
import type { Registration } from '../domain/state/state.ts'
import {
  afterDuty,
  escalationsBy,
  nextSlaMoment,
  nothingDone,
  slaDuty,
  slaMoments,
  type SlaDone,
  type SlaMoments,
  type SlaRules
} from '../domain/calendar/sla.ts'
import { bySlot, listed, ofSlot, type BySlot } from '../domain/terms/by-slot.ts'
import { actInSlots, now, type Story } from './durable.ts'
import type { Run } from './run.ts'
import { afterRefusal, questionOf, shownPart, waitForWord } from './people.ts'
import { isAnswerTo, type Answer } from '../domain/tasks/answers.ts'
import { turnAfter } from '../domain/tasks/microsoft-answered.ts'
import { isOf, sameTask, type Task } from '../domain/tasks/task.ts'
import { answeredAfter } from './not-then.ts'
import { otherAnswer } from './microsoft-otherwise.ts'
import { judge } from './verdicts.ts'
import { type Question } from './question.ts'
import type { MailsToMicrosoft } from './mails-to-microsoft.ts'
import { escalate, tellOperators } from './tell-operators.ts'
import { untilHeld } from './until-held.ts'

export interface RegistrationWait {
  readonly registration: Registration
  readonly answers: readonly Answer[]
  readonly evidence: readonly EvidenceRef[]
  /** How many escalations of a breach were due, each to every alias; which of them went out, the records say. */
  readonly escalationsOwed: number
}

/** The SLA clock: from the mail, marked unacknowledged, until Microsoft's acknowledgement restarts it (R25). */
interface SlaClock {
  readonly moments: SlaMoments
  readonly done: SlaDone
  readonly acknowledged: Answer<'acknowledge'> | undefined
  /** What else it answered, the newest last. */
  readonly answered: readonly Answer<'microsoft-answered'>[]
  /** Escalations owed before the acknowledgement: later ones are numbered on from there, in each generation alike. */
  readonly owedBefore: number
  /** How many of this clock were due when this generation began to wait. */
  readonly begunWith: number
  /** What people are still to send of the last escalation, and what they have sent. */
  readonly toSend: readonly Question[]
  readonly sent: readonly Answer[]
}

const quiet = {
  done: nothingDone,
  acknowledged: undefined,
  answered: [],
  owedBefore: 0,
  begunWith: 0,
  toSend: [],
  sent: []
}

/**
 * Sleeps until both subscriptions show `Registered` (R26). Events and SLA moments only wake it; what holds is what
 * Azure answers then. A breach of its days escalates and never ends the wait.
 */
export function* waitOnMicrosoft(run: Run, told: MailsToMicrosoft): Story<RegistrationWait> {
  const { board, plan } = run
  const { sla } = plan.deployment
  const said = carriedOn(run, { ...quiet, moments: slaMoments(told.mailedAt, sla) })
  let clock: SlaClock = { ...said, begunWith: escalationsBy(now(run.context), said.moments, sla) }
  note(
    board,
    { fact: 'chapter-begun', step: 'waiting-on-microsoft', waitingOn: turnAfter(lastIn(clock)?.outcome) },
    { fact: 'registration-seen', registration: show(told, told.states, clock) }
  )
  for (;;) {
    const seen = yield* look(run)
    note(board, { fact: 'registration-seen', registration: show(told, seen.states, clock), due: clock.moments.due })
    if (listed(seen.states).every((state) => state === 'Registered')) return ended(run, told, clock, seen)
    clock = yield* doDuty(run, clock, { ...told, states: seen.states })
    clock = yield* sleep(run, clock, told.firstMailAt)
  }
}

const lastIn = ({ answered }: SlaClock) => answered.at(-1)?.answer

/** With what people have said to a generation before. */
const carriedOn = (run: Run, clock: SlaClock): SlaClock =>
  run.carried
    .filter(({ task }) => isOf(task, 'acknowledge', 'microsoft-answered', 'send-escalation'))
    .reduce((each, said) => afterWord(each, said, run.plan.deployment.sla), clock)

interface RegistrationLook {
  readonly states: BySlot<string>
  readonly evidence: readonly EvidenceRef[]
}

function* look(run: Run): Story<RegistrationLook> {
  const { context, plan, requestId } = run
  const about = {
    code: 'registration-state',
    requirement: 'R26',
    resource: 'both subscriptions',
    several: true
  } as const
  const seen = yield* untilHeld(run, about, function* () {
    const slots = yield* actInSlots(context, 'look-at-registration', (slot) => {
      const { subscriptionId } = ofSlot(plan.slots, slot)
      return { onboarding: requestId, now: now(context), slot, subscriptionId }
    })
    return { slots, findings: listed(slots).flatMap((each) => each.findings) }
  })
  const evidence = listed(seen.slots).map((each) => each.evidence)
  return { states: bySlot((slot) => seen.slots[slot].state), evidence }
}

function* doDuty(run: Run, clock: SlaClock, { states, offers }: MailsToMicrosoft): Story<SlaClock> {
  const duty = slaDuty(now(run.context), clock.moments, clock.done, run.plan.deployment.sla)
  if (duty === undefined) return clock
  const { due } = clock.moments
  const done = afterDuty(clock.done, duty)
  if (duty.kind === 'escalation') {
    const written = yield* escalate(run, {
      number: duty.number,
      ordinal: clock.owedBefore + duty.number,
      due,
      states,
      offers
    })
    const toSend = written.filter(({ task }) => !clock.sent.some((each) => sameTask(each.task, task)))
    note(run.board, { fact: 'closed', tasks: clock.toSend.map(({ task }) => task) })
    return { ...clock, done, toSend }
  }
  yield* tellOperators(run, { kind: 'reminder', due, states })
  return { ...clock, done }
}

/** Until Microsoft or somebody else says something, or the clock: what of it holds is looked at then. */
function* sleep(run: Run, clock: SlaClock, firstMailAt: string): Story<SlaClock> {
  const { board, context, plan } = run
  const { sla } = plan.deployment
  const acknowledge = {
    ...questionOf(run, { kind: 'acknowledge' }, sla),
    refuse: answeredAfter('acknowledge', firstMailAt)
  }
  const otherwise = otherAnswer(run, lastIn(clock), firstMailAt)
  const asked: Question[] = [...(clock.acknowledged ? [] : [acknowledge]), otherwise, ...clock.toSend]
  for (const question of asked.filter(({ task }) => !isOpen(run, task)))
    open(board, shownPart(afterRefusal(run, question)))
  const moment = nextSlaMoment(now(context), clock.moments, clock.done, sla)
  const tasks = asked.map(({ task }) => task)
  const said = yield* waitForWord(run, tasks, new Date(moment))
  const question = asked.find(({ task }) => said && said !== 'look' && sameTask(task, said.task))
  return said && said !== 'look' && question ? yield* judged(run, clock, { question, said }) : clock
}

interface Word {
  readonly question: Question
  readonly said: Answer
}

const isOpen = ({ board }: Run, task: Task): boolean => board.state.tasks.some((each) => sameTask(each.task, task))

function* judged(run: Run, clock: SlaClock, { question, said }: Word): Story<SlaClock> {
  const { isTaken, why } = yield* judge(run, said, { refuse: question.refuse })
  note(run.board, { fact: 'closed', tasks: [said.task] }, { fact: 'judged', task: said.task, refusal: why })
  if (!isTaken) return clock
  if (isAnswerTo(said, 'microsoft-answered')) note(run.board, { fact: 'waiting', on: turnAfter(said.answer.outcome) })
  return afterWord(clock, said, run.plan.deployment.sla)
}

function afterWord(clock: SlaClock, said: Answer, sla: SlaRules): SlaClock {
  if (isAnswerTo(said, 'acknowledge')) {
    const owedBefore = Math.max(clock.done.escalations, escalationsBy(said.at, clock.moments, sla))
    const moments = slaMoments(saidMoment(said), sla)
    return { ...clock, acknowledged: said, moments, done: nothingDone, begunWith: 0, owedBefore }
  }
  if (isAnswerTo(said, 'microsoft-answered')) return { ...clock, answered: [...clock.answered, said] }
  const toSend = clock.toSend.filter(({ task }) => !sameTask(task, said.task))
  return { ...clock, toSend, sent: [...clock.sent, said] }
}

function ended(run: Run, told: MailsToMicrosoft, clock: SlaClock, seen: RegistrationLook): RegistrationWait {
  const asked: Task[] = [
    { kind: 'acknowledge' },
    { kind: 'microsoft-answered' },
    ...clock.toSend.map(({ task }) => task)
  ]
  note(run.board, { fact: 'closed', tasks: asked }, { fact: 'due-over' }) // from here on it is people's turn, and nobody's by a day
  noteDone(run.board, 'Registered', 'both subscriptions', ['R25', 'R26'])
  return {
    registration: show(told, seen.states, clock),
    answers: [...(clock.acknowledged ? [clock.acknowledged] : []), ...clock.answered, ...clock.sent],
    evidence: seen.evidence,
    escalationsOwed: clock.owedBefore + owedBy(clock)
  }
}

/**
 * What is kept of a wait that an older release ended has no count: once its day had passed the first was due, and how many after
 * it nobody can say any more.
 */
export const owedIn = ({
  escalationsOwed,
  registration: { breachedAt }
}: Pick<RegistrationWait, 'registration'> & Partial<Pick<RegistrationWait, 'escalationsOwed'>>): number =>
  escalationsOwed ?? (breachedAt === undefined ? 0 : 1)

/** Of this clock: a look that shows `Registered` owes no escalation that came due since the look before. */
const owedBy = ({ done, begunWith }: SlaClock): number => Math.max(done.escalations, begunWith)

function show(told: MailsToMicrosoft, states: BySlot<string>, clock: SlaClock): Registration {
  return {
    states: listed(states),
    mailedAt: told.mailedAt,
    dueAt: clock.moments.due,
    ...(clock.acknowledged ? { acknowledgedAt: saidMoment(clock.acknowledged) } : {}),
    ...(owedBy(clock) > 0 ? { breachedAt: clock.moments.due } : {})
  }
}
