import { countOf, listOf } from '../terms/words.ts'
import type { PlanContent } from './plan.ts'

/** What approvers agree to beside names and sentences, one line each: of the request, and what the deployment fixes. */
export const agreedLines = (plan: PlanContent): string[] => [
  ...requestLines(plan),
  slaLine(plan),
  ...retentionLines(plan)
]

/** Of the request alone: what a deployment is set to, only its app knows. */
export const requestLines = (plan: PlanContent): string[] => [
  ...(plan.changeTicket === undefined ? [] : [`Change ticket: ${plan.changeTicket}`]),
  ...emergencyLines(plan),
  ...tagLines(plan),
  ...plan.policies.flatMap(({ id, adminUrl }) => (adminUrl === undefined ? [] : [`Admin centre of ${id}: ${adminUrl}`]))
]

/** Where stores hold no immutability, a warning of the plan says what that means. */
const retentionLines = ({ deployment: { immutability, retentionDays } }: PlanContent): string[] =>
  immutability === 'required'
    ? [`Backups and evidence can be neither changed nor deleted for ${countOf(retentionDays, 'day')}`]
    : []

/** Whoever approves knows whom both slots may be left to. */
const emergencyLines = ({ organization: { emergencyAccounts = [] } }: PlanContent): string[] =>
  emergencyAccounts.length === 0
    ? []
    : [`Accounts for emergencies, which may administer both slots: ${emergencyAccounts.join(', ')}`]

function tagLines({ tags }: PlanContent): string[] {
  const all = Object.entries(tags).map(([name, value]) => `${name}=${value}`)
  return all.length === 0 ? [] : [`Tags of resource groups and vaults: ${all.join(', ')}`]
}

function slaLine({ deployment: { sla } }: PlanContent): string {
  const beside = [
    ...(sla.extraHolidays.length > 0 ? [`without ${listOf(sla.extraHolidays)}`] : []),
    ...(sla.removedHolidays.length > 0 ? [`with ${listOf(sla.removedHolidays)}`] : [])
  ]
  return [
    `Microsoft’s answer is awaited for ${countOf(sla.businessDays, 'business day')} in ${sla.zone}`,
    ...beside
  ].join(', ')
}
