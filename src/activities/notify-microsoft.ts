import { aliasEmail } from '../domain/alias-email.ts'
import { buildPlan } from '../domain/build-plan.ts'
import { runChecks } from '../domain/checks.ts'
import { mailChecks } from '../domain/checks-mail.ts'
import { operatorsOf } from '../domain/operator-email.ts'
import type { Reach, Work } from './activity.ts'
import { checked } from './checked.ts'
import { guidOf, sha256 } from './digests.ts'
import { sendOnce } from './send-once.ts'
import { withPeople } from './with-people.ts'

/** One mail to the alias of one workload, however often this runs (R21–R24). What is wrong with it stops it. */
export const notifyMicrosoft = ({ azure, config }: Reach): Work<'notify-microsoft'> => async (input) => {
  const { onboarding, now: at, request, workload, offers, states } = input
  const plan = buildPlan(request, sha256)
  const features = plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: states[slot - 1] ?? '' }))
  const alias = config.aliases[workload]
  const mail = { ...aliasEmail({ plan, workload, offers, features, banner: config.banner }), ...(alias ? { to: alias } : {}) }
  const checks = mailChecks({ plan, workload, offers, ...(alias ? { alias } : {}) })
  const operationId = guidOf(plan.organization.tenantId, plan.digest, 'alias', workload)
  const purpose = { onboarding, kind: `alias-${workload}`, now: at }
  const sound = checks.every((check) => check.holds(mail))
  const outgoing = { ...mail, operationId, to: [mail.to], replyTo: operatorsOf(await withPeople(azure.app.graph, plan)) }
  const { value: state, call } = sound ? await sendOnce(azure, purpose, outgoing) : unsent
  const results = runChecks(checks, mail, { resource: mail.to, suffix: workload, at, call })
  const place = { store: 'app', onboarding, step: `mail/${workload}` } as const
  return { operationId, to: mail.to, state, ...(await checked(azure, place, [results])) }
}

/** A mail that breaks a rule is a finding, and stays here. */
const unsent = { value: 'not sent', call: { operation: 'no call: the mail was held back', requestId: '', identity: 'app' } } as const
