import { eventName } from '../domain/state/event-name.ts'
import { nextSerial } from '../domain/state/evolve.ts'
import { note, noteDone, open } from './board.ts'
import type { EvidenceRef } from '../domain/terms/evidence.ts'
import { saidMoment } from '../domain/tasks/said-moment.ts'
import type { Registration } from '../domain/state/state.ts'
import {
  afterDuty,
  nextSlaMoment,
  nothingDone,
  slaDuty,
  slaMoments,
  type SlaDone,
  type SlaMoments
} from '../domain/calendar/sla.ts'
import { bySlot, listed, ofSlot, type BySlot } from '../domain/terms/by-slot.ts'
import { registrationChanged } from '../names.ts'
import { actInSlots, now, type Story } from './durable.ts'
import type { Run } from './run.ts'
import { afterRefusal, answered, questionOf, shownPart, waitFor } from './people.ts'
import { isAnswerTo, type Answer } from '../domain/tasks/answers.ts'
import { acknowledgedAfter } from './not-then.ts'
import { type Question } from './question.ts'
import type { MailsToMicrosoft } from './mails-to-microsoft.ts'
import { escalate, tellOperators } from './tell-operators.ts'
import { untilHeld } from './until-held.ts'

export interface RegistrationWait {
  readonly registration: Registration
  readonly answers: readonly Answer[]
  readonly evidence: readonly EvidenceRef[]
}

/** The SLA clock: from the mail, marked unacknowledged, until Microsoft's acknowledgement restarts it (R25). */
interface SlaClock {
  readonly moments: SlaMoments
  readonly done: SlaDone
  readonly acknowledged: Answer<'acknowledge'> | undefined
  /** All escalations there were. */
  readonly escalations: number
  /** What people are still to send of the last escalation, and what they have sent. */
  readonly toSend: readonly Question[]
  readonly sent: readonly Answer[]
}

const quiet = { done: nothingDone, acknowledged: undefined, escalations: 0, toSend: [], sent: [] }

/**
 * Sleeps until both subscriptions show `Registered` (R26). Events and SLA moments only wake it; what holds is what
 * Azure answers then. A breach of its days escalates and never ends the wait.
 */
export function* waitOnMicrosoft(run: Run, told: MailsToMicrosoft): Story<RegistrationWait> {
  const { board, plan } = run
  const { sla } = plan.deployment
  let clock: SlaClock = { ...quiet, moments: slaMoments(told.mailedAt, sla) }
  note(
    board,
    { fact: 'chapter-begun', step: 'waiting-on-microsoft', waitingOn: 'microsoft' },
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

interface RegistrationLook {
  readonly states: BySlot<string>
  readonly evidence: readonly EvidenceRef[]
}

function* look(run: Run): Story<RegistrationLook> {
  const { context, plan, requestId } = run
  const about = { code: 'registration-state', requirement: 'R26', resource: 'both subscriptions' } as const
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
    const escalations = clock.escalations + 1
    const toSend = yield* escalate(run, { number: duty.number, ordinal: escalations, due, states, offers })
    return { ...clock, done, escalations, toSend }
  }
  yield* tellOperators(run, { kind: 'reminder', due, states })
  return { ...clock, done }
}

function* sleep(run: Run, clock: SlaClock, firstMailAt: string): Story<SlaClock> {
  const { context, board, plan } = run
  const { sla } = plan.deployment
  const question = { ...questionOf(run, { kind: 'acknowledge' }, sla), refuse: acknowledgedAfter(firstMailAt) }
  const changed = eventName(registrationChanged, nextSerial(board.state, registrationChanged))
  note(board, { fact: 'sleeping', name: registrationChanged })
  const questions: readonly Question[] = [...(clock.acknowledged === undefined ? [question] : []), ...clock.toSend]
  const asked = new Map(questions.map((each) => [open(board, shownPart(afterRefusal(run, each))), each]))
  const moment = nextSlaMoment(now(context), clock.moments, clock.done, sla)
  const raised = yield* waitFor(run, [changed, ...asked.keys()], new Date(moment))
  note(board, { fact: 'closed', tasks: [question, ...clock.toSend].map(({ task }) => task) })
  const heard = raised && asked.get(raised.event)
  return heard ? yield* afterWord(run, clock, { heard, answer: answered(run, heard.task, raised) }) : clock
}

interface Word {
  readonly heard: Question
  readonly answer: Answer
}

function* afterWord(run: Run, clock: SlaClock, { heard, answer }: Word): Story<SlaClock> {
  const refusal = heard.refuse && (yield* heard.refuse(answer, []))
  note(run.board, { fact: 'judged', task: heard.task, refusal })
  if (refusal !== undefined) return clock
  if (isAnswerTo(answer, 'acknowledge')) {
    const moments = slaMoments(saidMoment(answer), run.plan.deployment.sla)
    return { ...clock, acknowledged: answer, moments, done: nothingDone }
  }
  return { ...clock, toSend: clock.toSend.filter((each) => each !== heard), sent: [...clock.sent, answer] }
}

function ended(run: Run, told: MailsToMicrosoft, clock: SlaClock, seen: RegistrationLook): RegistrationWait {
  note(run.board, { fact: 'due-over' }) // from here on it is people's turn, and nobody's by a day
  noteDone(run.board, 'Registered', 'both subscriptions', ['R25', 'R26'])
  return {
    registration: show(told, seen.states, clock),
    answers: [...(clock.acknowledged ? [clock.acknowledged] : []), ...clock.sent],
    evidence: seen.evidence
  }
}

function show(told: MailsToMicrosoft, states: BySlot<string>, clock: SlaClock): Registration {
  return {
    states: listed(states),
    mailedAt: told.mailedAt,
    dueAt: clock.moments.due,
    ...(clock.acknowledged ? { acknowledgedAt: saidMoment(clock.acknowledged) } : {}),
    ...(clock.done.escalations > 0 ? { breachedAt: clock.moments.due } : {})
  }
}
