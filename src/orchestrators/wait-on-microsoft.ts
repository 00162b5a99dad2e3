import type { EvidenceRef } from '../domain/terms/evidence.ts'
import { saidMoment } from '../domain/tasks/mail-tasks.ts'
import type { StatusRegistration } from '../domain/state/progress.ts'
import {
  afterDuty,
  nextSlaMoment,
  nothingDone,
  slaDuty,
  slaMoments,
  type SlaDone,
  type SlaMoments
} from '../domain/calendar/sla.ts'
import { registrationChanged } from '../names.ts'
import { actForEach, now, type Story } from './durable.ts'
import type { Run } from './run.ts'
import { answered, waitFor } from './people.ts'
import { type Answered, type Question } from './question.ts'
import type { Told } from './told.ts'
import { escalate, tellOperators } from './tell-operators.ts'
import { untilHeld } from './until-held.ts'

export interface Waited {
  readonly registration: StatusRegistration
  readonly answers: readonly Answered[]
  readonly evidence: readonly EvidenceRef[]
}

/** The SLA clock: from the mail, marked unacknowledged, until Microsoft's acknowledgement restarts it (R25). */
interface SlaClock {
  readonly moments: SlaMoments
  readonly done: SlaDone
  readonly acknowledged: Answered | undefined
  /** All escalations there were. */
  readonly escalations: number
  /** What people are still to send of the last escalation, and what they have sent. */
  readonly toSend: readonly Question[]
  readonly sent: readonly Answered[]
}

const quiet = { done: nothingDone, acknowledged: undefined, escalations: 0, toSend: [], sent: [] }

/**
 * Sleeps until both subscriptions show `Registered` (R26). Events and SLA moments only wake it; what holds is what
 * Azure answers then. A breach of the five business days escalates and never ends the wait.
 */
export function* waitOnMicrosoft(run: Run, told: Told): Story<Waited> {
  const { board, sla } = run
  let clock: SlaClock = { ...quiet, moments: slaMoments(told.mailedAt, sla) }
  board.update({ step: 'waiting-on-microsoft', waitingOn: 'microsoft', registration: show(told, told.states, clock) })
  for (;;) {
    const seen = yield* look(run)
    board.update({ registration: show(told, seen.states, clock), due: clock.moments.due })
    if (seen.states.every((state) => state === 'Registered')) return ended(run, told, clock, seen)
    clock = yield* doDuty(run, clock, { ...told, states: seen.states })
    clock = yield* sleep(run, clock)
  }
}

interface Seen {
  readonly states: readonly [string, string]
  readonly evidence: readonly EvidenceRef[]
}

function* look({ context, board, plan, requestId }: Run): Story<Seen> {
  const about = { code: 'registration-state', requirement: 'R26', resource: 'both subscriptions' } as const
  const seen = yield* untilHeld(context, board, about, function* () {
    const slots = yield* actForEach(
      context,
      'look-at-registration',
      plan.slots.map(({ slot, subscriptionId }) => ({ onboarding: requestId, now: now(context), slot, subscriptionId }))
    )
    return { slots, findings: slots.flatMap((each) => each.findings) }
  })
  const [first = 'unknown', second = 'unknown'] = seen.slots.map((each) => each.state)
  return { states: [first, second], evidence: seen.slots.map((each) => each.evidence) }
}

function* doDuty(run: Run, clock: SlaClock, { states, offers }: Told): Story<SlaClock> {
  const duty = slaDuty(now(run.context), clock.moments, clock.done, run.sla)
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

function* sleep({ context, board, sla }: Run, clock: SlaClock): Story<SlaClock> {
  const changed = board.serialOf(registrationChanged)
  board.update({ wake: changed })
  const acknowledge = clock.acknowledged === undefined ? board.open(acknowledgeTask) : undefined
  const moment = nextSlaMoment(now(context), clock.moments, clock.done, sla)
  const sends = new Map(clock.toSend.map((question) => [board.open(question), question]))
  const events = [changed, ...(acknowledge === undefined ? [] : [acknowledge]), ...sends.keys()]
  const raised = yield* waitFor(context, board, events, new Date(moment))
  for (const { name } of [acknowledgeTask, ...clock.toSend]) board.close(name)
  const sent = raised && sends.get(raised.event)
  if (sent) {
    const toSend = clock.toSend.filter((each) => each !== sent)
    return { ...clock, toSend, sent: [...clock.sent, answered(context, sent.name, raised)] }
  }
  if (raised === undefined || raised.event !== acknowledge) return clock
  const acknowledged = answered(context, acknowledgeTask.name, raised)
  return { ...clock, acknowledged, moments: slaMoments(saidMoment(acknowledged), sla), done: nothingDone }
}

function ended(run: Run, told: Told, clock: SlaClock, seen: Seen): Waited {
  run.board.update({ due: undefined }) // from here on it is people's turn, and nobody's by a day
  run.board.done('Registered', 'both subscriptions', ['R25', 'R26'])
  return {
    registration: show(told, seen.states, clock),
    answers: [...(clock.acknowledged ? [clock.acknowledged] : []), ...clock.sent],
    evidence: seen.evidence
  }
}

function show(told: Told, states: readonly [string, string], clock: SlaClock): StatusRegistration {
  return {
    states,
    mailedAt: told.mailedAt,
    dueAt: clock.moments.due,
    ...(clock.acknowledged ? { acknowledgedAt: saidMoment(clock.acknowledged) } : {}),
    ...(clock.done.escalations > 0 ? { breachedAt: clock.moments.due } : {})
  }
}

const acknowledgeTask = {
  name: 'acknowledge',
  for: 'any operator',
  asks: 'Record that Microsoft acknowledged the registration; the five business days then run from here.',
  optional: true
}
