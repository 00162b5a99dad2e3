import { zip } from '../domain/terms/zip.ts'
import { note, noteDone } from './board.ts'
import { aliasMail, type RegistrationStates, type MailsToMicrosoft } from './mails-to-microsoft.ts'
import type { Activities } from '../contracts/activities.ts'
import type { Offer } from '../domain/terms/offer.ts'
import type { Finding } from '../domain/terms/evidence.ts'
import { bySlot, listed, ofSlot, type BySlot } from '../domain/terms/by-slot.ts'
import { planWorkloads } from '../domain/plan/plan-workloads.ts'
import type { Workload } from '../domain/terms/workloads.ts'
import { act, actForEach, actInSlots, later, now, sleepUntil, type Story } from './durable.ts'
import type { SubmittedOffer } from './offers.ts'
import type { Run } from './run.ts'
import { mailAbout, peopleTellMicrosoft } from './mail-by-people.ts'
import { untilHeld } from './until-held.ts'

/** What cannot be undone: both subscriptions are registered, and Microsoft is told (R17–R24). */
export function* registration(run: Run, submitted: readonly SubmittedOffer[]): Story<MailsToMicrosoft> {
  const registered = yield* register(run)
  const told = yield* tellMicrosoft(run, submitted, registered)
  return { ...told, evidence: [...registered.evidence, ...told.evidence] }
}

/** Registers the mandatory retention period on both subscriptions. */
function* register(run: Run): Story<RegistrationStates> {
  const { context, board, plan, requestId } = run
  note(board, { fact: 'chapter-begun', step: 'registration', waitingOn: 'azure' })
  const about = { code: 'registration', requirement: 'R20', resource: 'both subscriptions' } as const
  const seen = yield* untilHeld(run, about, function* () {
    const slots = yield* actInSlots(context, 'register-feature', (slot) => {
      const { subscriptionId } = ofSlot(plan.slots, slot)
      return { onboarding: requestId, now: now(context), slot, subscriptionId }
    })
    return { slots, findings: listed(slots).flatMap((each) => each.findings) }
  })
  const states = bySlot((slot) => seen.slots[slot].state)
  const inWords = listed(states).join(' and ')
  noteDone(board, 'Registration sent', `mandatoryRetentionPeriodEnabled: ${inWords}`, ['R18', 'R19', 'R20'])
  return { states, evidence: listed(seen.slots).map((each) => each.evidence) }
}

/** One mail per workload to Microsoft's alias, once the offers are complete (R21–R24). */
function* tellMicrosoft(
  run: Run,
  submitted: readonly SubmittedOffer[],
  { states }: RegistrationStates
): Story<MailsToMicrosoft> {
  const offers = submitted.map(({ answered: _, ...offer }) => offer)
  return yield* run.plan.mail === 'person'
    ? peopleTellMicrosoft(run, offers, states)
    : appTellsMicrosoft(run, offers, states)
}

/** A mail to one alias: how often people have said that it is to be sent once more, and why they were asked. */
interface AliasSending {
  readonly workload: Workload
  readonly again: number
  readonly bounced?: Finding | undefined
}

function* appTellsMicrosoft(run: Run, offers: readonly Offer[], states: BySlot<string>): Story<MailsToMicrosoft> {
  const { context, board, plan } = run
  let sendings: readonly AliasSending[] = planWorkloads(plan).map((workload) => ({ workload, again: 0 }))
  const seen = yield* untilHeld(run, mailAbout, function* (mend) {
    sendings = sendings.map((each) =>
      mend && each.bounced?.code === mend.code ? { workload: each.workload, again: each.again + 1 } : each
    )
    const mails = yield* actForEach(
      context,
      'notify-microsoft',
      sendings.map(({ workload, again }) => ({ ...aliasMail(run, workload, { offers, states }), ...timesOf(again) }))
    )
    sendings = yield* followed(run, sendings, mails)
    const bounces = sendings.flatMap((each) => each.bounced ?? [])
    return { mails, findings: [...mails.flatMap((each) => each.findings), ...bounces] }
  })
  const mailedAt = now(context)
  const receivers = zip(seen.mails, sendings).map(([{ to }, { bounced }]) => (bounced ? `${to} (sent by hand)` : to))
  noteDone(board, 'Microsoft notified', `${receivers.join(' · ')} · one mail each`, ['R21', 'R22', 'R23', 'R24'])
  return { states, offers, mailedAt, answers: [], evidence: seen.mails.map((each) => each.evidence) }
}

const timesOf = (again: number): { again?: number } => (again > 0 ? { again } : {})

type Mail = Activities['notify-microsoft']['output']

/** A bounce stands until the mail is sent once more: Azure forgets in time what became of a mail. */
function* followed(run: Run, sendings: readonly AliasSending[], mails: readonly Mail[]): Story<AliasSending[]> {
  const after: AliasSending[] = []
  for (const [sending, mail] of zip(sendings, mails)) {
    after.push({ ...sending, bounced: sending.bounced ?? (yield* bounceOf(run, sending.workload, mail)) })
  }
  return after
}

/** Follows an accepted mail to its end; one that was dropped is a finding, never sent again by itself. */
function* bounceOf({ context, requestId }: Run, workload: Workload, mail: Mail): Story<Finding | undefined> {
  const { operationId, to, state, bounced } = mail
  for (let seen: { state: string; finding?: Finding | undefined } = { state, finding: bounced }; ; ) {
    if (seen.state !== 'Running') return seen.finding
    yield* sleepUntil(context, later(context, 15))
    seen = yield* act(context, 'look-at-mail', { onboarding: requestId, now: now(context), workload, operationId, to })
  }
}
