import { runChecks } from '../domain/checks.ts'
import { operatorsOf } from '../domain/operator-email.ts'
import { textAsHtml } from '../domain/text-as-html.ts'
import type { Reach, Work } from './activity.ts'
import { aliasMail, unsent } from './alias-mail.ts'
import { checked } from './checked.ts'
import { guidOf } from './digests.ts'
import { sendOnce } from './send-once.ts'
import { withPeople } from './with-people.ts'

/** One mail to the alias of one workload, however often this runs (R21–R24). What is wrong with it stops it. */
export const notifyMicrosoft = ({ azure, config }: Reach): Work<'notify-microsoft'> => async (input) => {
  const { onboarding, now: at, workload } = input
  const { plan, mail, checks, sound } = aliasMail(input, config)
  const operationId = guidOf(plan.organization.tenantId, plan.digest, 'alias', workload)
  const purpose = { onboarding, kind: `alias-${workload}`, now: at }
  const operators = operatorsOf(await withPeople(azure.app.graph, plan))
  const html = textAsHtml(mail.text)
  const outgoing = { ...mail, html, operationId, to: [mail.to], cc: operators, replyTo: operators }
  const { value: state, call } = sound ? await sendOnce(azure, purpose, outgoing) : unsent
  const results = runChecks(checks, mail, { resource: mail.to, suffix: workload, at, call })
  const place = { store: 'app', onboarding, step: `mail/${workload}` } as const
  return { operationId, to: mail.to, state, ...(await checked(azure, place, [results])) }
}
