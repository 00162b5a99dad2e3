import type { OperatorMail } from '../domain/activity-contracts.ts'
import { buildPlan } from '../domain/build-plan.ts'
import { doneEmail, escalationEmail, reminderEmail, type OperatorEmail } from '../domain/operator-email.ts'
import type { Config } from '../config.ts'
import type { Reach, Work } from './activity.ts'
import { guidOf, sha256 } from './digests.ts'
import { handOffName } from './hand-off-name.ts'
import { sendOnce } from './send-once.ts'

/** One mail of a kind to the operators; a reminder belongs to its due moment. */
export const mailOperators = ({ azure, config }: Reach): Work<'mail-operators'> => async (input, log) => {
  const { onboarding, now, kind, due = '' } = input
  const { to, ...mail } = emailOf(input, config)
  const operationId = guidOf(buildPlan(input.request, sha256).digest, kind, due)
  await sendOnce(azure, { onboarding, kind, now }, { ...mail, to, operationId })
  // The alert of infra/modules/alerts.bicep looks for this line.
  if (kind === 'escalation') log.warn(`sla-breach onboarding=${onboarding} due=${due}`)
  return { operationId }
}

function emailOf({ kind, request, due = '', states = [], onboarding }: OperatorMail, config: Config): OperatorEmail {
  const plan = buildPlan(request, sha256)
  const { banner, calendar: { zone } } = config
  const features = plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: states[slot - 1] ?? '' }))
  switch (kind) {
    case 'reminder': return reminderEmail({ plan, due, zone, features, banner })
    case 'escalation': return escalationEmail({ plan, due, zone, features, banner })
    case 'done': return doneEmail({ plan, handOff: handOffName(onboarding, 'md'), banner })
  }
}
