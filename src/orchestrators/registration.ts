import type { Offer } from '../domain/alias-email.ts'
import type { EvidenceRef } from '../domain/evidence.ts'
import { planWorkloads } from '../domain/build-plan.ts'
import { act, actForEach, later, now, sleepUntil, type Story } from './durable.ts'
import type { SubmittedOffer } from './offers.ts'
import type { Run } from './onboarding.ts'
import type { Answered } from './people.ts'
import { mailAbout, peopleTellMicrosoft } from './mail-by-people.ts'
import { untilHeld } from './until-held.ts'

export interface Registered {
  readonly states: readonly [string, string]
  readonly evidence: readonly EvidenceRef[]
}

export interface Told extends Registered {
  readonly offers: readonly Offer[]
  /** Who sent which mail, where people do. */
  readonly answers: readonly Answered[]
  /** When the last alias mail went out: the SLA clock runs from here until Microsoft acknowledges (R25). */
  readonly mailedAt: string
}

/** Registers the mandatory retention period on both subscriptions. It cannot be undone (R17–R20). */
export function* register({ context, board, plan, requestId }: Run): Story<Registered> {
  board.update({ step: 'registration', waitingOn: 'azure' })
  const about = { code: 'registration', requirement: 'R20', resource: 'both subscriptions' } as const
  const seen = yield* untilHeld(context, board, about, function* () {
    const slots = yield* actForEach(context, 'register-feature', plan.slots.map(({ slot, subscriptionId }) =>
      ({ onboarding: requestId, now: now(context), slot, subscriptionId })))
    return { slots, findings: slots.flatMap((each) => each.findings) }
  })
  const [first = 'unknown', second = 'unknown'] = seen.slots.map((each) => each.state)
  board.done('Registration sent', `mandatoryRetentionPeriodEnabled: ${first} and ${second}`, ['R18', 'R19', 'R20'])
  return { states: [first, second], evidence: seen.slots.map((each) => each.evidence) }
}

/** One mail per workload to Microsoft's alias, once the offers are complete (R21–R24). */
export function* tellMicrosoft(run: Run, submitted: readonly SubmittedOffer[], { states }: Registered): Story<Told> {
  const offers = submitted.map(({ answered: _, ...offer }) => offer)
  return yield* run.plan.mail === 'person' ? peopleTellMicrosoft(run, offers, states) : appTellsMicrosoft(run, offers, states)
}

function* appTellsMicrosoft(run: Run, offers: readonly Offer[], states: readonly [string, string]): Story<Told> {
  const { context, board, plan, request, requestId } = run
  const seen = yield* untilHeld(context, board, mailAbout, function* () {
    const mails = yield* actForEach(context, 'notify-microsoft', planWorkloads(plan).map((workload) =>
      ({ onboarding: requestId, now: now(context), request, workload, offers, states })))
    const late = yield* delivered(run, mails)
    return { mails, findings: [...mails.flatMap((each) => each.findings), ...late] }
  })
  const mailedAt = now(context)
  board.done('Microsoft notified', `${seen.mails.map((each) => each.to).join(' · ')} · one mail each`, ['R21', 'R22', 'R23', 'R24'])
  return { states, offers, mailedAt, answers: [], evidence: seen.mails.map((each) => each.evidence) }
}

interface Mail {
  readonly operationId: string
  readonly to: string
  readonly state: string
}

/** Follows each accepted mail to its end; a mail that was dropped is a finding, never sent again by itself. */
function* delivered({ context, requestId }: Run, mails: readonly Mail[]) {
  const findings = []
  for (const { operationId, to, state } of mails) {
    let seen = state
    while (seen === 'Running') {
      yield* sleepUntil(context, later(context, 15))
      const look = yield* act(context, 'look-at-mail', { onboarding: requestId, now: now(context), operationId, to })
      seen = look.state
      if (look.finding) findings.push(look.finding)
    }
  }
  return findings
}
