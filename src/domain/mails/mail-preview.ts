import { aliasEmail, type Email } from './alias-email.ts'
import { planWorkloads } from '../plan/plan-workloads.ts'
import { isGroup, partyName } from '../people/parties.ts'
import { addressIn, objectIdIn } from '../plan/planned-people.ts'
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
  const cc = plan.slots.flatMap(({ operators }) => operators.flatMap((party) => copyTo(plan, party)))
  return wanted.map((workload) => ({ ...aliasEmail({ plan, workload, offers, features, banner }), cc }))
}

/** By name where they are not known yet, or are a group; nothing for a person who has no address. */
function copyTo({ people }: PlanContent, party: string): string[] {
  const address = addressIn(people, party)
  if (address !== undefined) return [address]
  return isGroup(party) || objectIdIn(people, party) === undefined ? [partyName(party)] : []
}
