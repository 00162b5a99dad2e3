import { zip } from '../domain/terms/zip.ts'
import { untilShown } from './at-desk.ts'
import { note, noteDone } from './board.ts'
import { aliasMail, type RegistrationStates, type MailsToMicrosoft } from './mails-to-microsoft.ts'
import type { Offer } from '../domain/terms/offer.ts'
import { bySlot, listed, ofSlot, type BySlot } from '../domain/terms/by-slot.ts'
import { planWorkloads } from '../domain/plan/plan-workloads.ts'
import { actForEach, actInSlots, now, type Story } from './durable.ts'
import { followed, type AliasSending } from './alias-sending.ts'
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
  const about = { code: 'registration', requirement: 'R20', resource: 'both subscriptions', several: true } as const
  const seen = yield* untilHeld(run, about, function* () {
    const { slots } = yield* untilShown(run, about.resource, function* () {
      const both = yield* actInSlots(context, 'register-feature', (slot) => {
        const { subscriptionId } = ofSlot(plan.slots, slot)
        return { onboarding: requestId, now: now(context), slot, subscriptionId }
      })
      const [notYet] = listed(both).flatMap((each) => each.notYet ?? [])
      return { slots: both, ...(notYet !== undefined && { notYet }) }
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

function* appTellsMicrosoft(run: Run, offers: readonly Offer[], states: BySlot<string>): Story<MailsToMicrosoft> {
  const { context, board, plan } = run
  let sendings: readonly AliasSending[] = planWorkloads(plan).map((workload) => ({ workload, again: 0 }))
  const seen = yield* untilHeld(run, mailAbout, function* (mend) {
    sendings = sendings.map((each) =>
      mend && each.finding?.code === mend.code ? { workload: each.workload, again: each.again + 1 } : each
    )
    const mails = yield* actForEach(
      context,
      'notify-microsoft',
      sendings.map(({ workload, again }) => ({ ...aliasMail(run, workload, { offers, states }), ...timesOf(again) }))
    )
    sendings = yield* followed(run, sendings, mails)
    const undelivered = sendings.flatMap((each) => each.finding ?? [])
    return { mails, findings: [...mails.flatMap((each) => each.findings), ...undelivered] }
  })
  const sentAt = zip(seen.mails, sendings).map(([mail, sending]) => outAt(mail, sending, now(context)))
  const [firstMailAt = now(context)] = sentAt.toSorted()
  const mailedAt = sentAt.toSorted().at(-1) ?? firstMailAt
  const receivers = zip(seen.mails, sendings).map(([{ to }, sending]) => `${to}${vouchedFor(sending)}`)
  noteDone(board, 'Microsoft notified', `${receivers.join(' · ')} · one mail each`, ['R21', 'R22', 'R23', 'R24'])
  return { states, offers, firstMailAt, mailedAt, answers: [], evidence: seen.mails.map((each) => each.evidence) }
}

/** A mail that people sent by hand was out when they said so, at the latest. */
const outAt = ({ sentAt }: { readonly sentAt: string }, { finding }: AliasSending, now: string): string =>
  finding === undefined ? sentAt : now

const vouchedFor = ({ finding, ended = false }: AliasSending): string =>
  finding === undefined ? '' : ended ? ' (sent by hand)' : ' (delivered by an operator’s word)'

const timesOf = (again: number): { again?: number } => (again > 0 ? { again } : {})
