import { aliasEmail, type Email } from './alias-email.ts'
import { planWorkloads } from '../plan/plan-workloads.ts'
import { partyName } from '../people/parties.ts'
import { addressIn } from '../plan/planned-people.ts'
import type { PlanContent } from '../plan/plan.ts'

export interface MailPreview extends Email {
  /** Operators of both slots, whom answers reach too; a group by its name. */
  readonly cc: readonly string[]
}

/** The mails to Microsoft's aliases as they will be sent; what is not known yet stands in angle brackets (R22–R24). */
export function mailPreview(plan: PlanContent, banner?: string): MailPreview[] {
  const wanted = planWorkloads(plan)
  const offers = wanted.map((workload) => ({
    workload,
    requestId: '<FastTrack request id>',
    officers: [],
    submittedBy: '',
    at: ''
  }))
  const features = plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: '<state>' }))
  const cc = plan.slots.flatMap(({ operators }) => operators.map((party) => addressIn(plan.people, partyName(party))))
  return wanted.map((workload) => ({ ...aliasEmail({ plan, workload, offers, features, banner }), cc }))
}
