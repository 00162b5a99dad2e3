import { mailHeld } from '../../domain/checks/mail.ts'
import { isUnderWay } from '../../domain/checks/mail-delivery.ts'
import { undelivered } from './undelivered.ts'
import { operatorsOf } from '../../domain/mails/operator-email.ts'
import { textAsHtml } from '../../domain/mails/text-as-html.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import { warnOf, type Step } from '../step.ts'
import { aliasMail, unsent } from './alias-mail.ts'
import { checked } from '../checked.ts'
import { aliasMailKind } from '../../records/sent-mail.ts'
import { writeMailFile } from '../../records/mail-file.ts'
import { operationIdOf } from './operation-id.ts'
import { sendOnce } from './send-once.ts'
import { withPeople } from './with-people.ts'

/**
 * One mail to the alias of one workload, however often this runs (R21–R24). What is wrong with it stops it. A file of it is
 * kept: should it bounce, a person may send it by hand.
 */
export const notifyMicrosoft =
  (reach: PlannedReach): Step<'notify-microsoft'> =>
  async (input, log) => {
    const { azure } = reach
    const { onboarding, now: at, workload, again = 0 } = input
    const { plan, mail, expected, sound } = await aliasMail(input, reach)
    const operationId = operationIdOf(plan, 'alias', workload, ...(again === 0 ? [] : [String(again)]))
    const purpose = { onboarding, kind: aliasMailKind(workload), now: at }
    const operators = operatorsOf(await withPeople(azure.app.graph, plan))
    const draft = { ...mail, to: [mail.to], cc: operators }
    if (sound) await writeMailFile(azure.app.store, { onboarding, task: { kind: 'send-mail', workload } }, draft)
    const outgoing = { ...draft, html: textAsHtml(mail.text), operationId, replyTo: operators }
    const { value: state, call, sentAt } = sound ? await sendOnce(azure, purpose, outgoing) : { ...unsent, sentAt: at }
    const results = mailHeld(mail, expected, { resource: mail.to, suffix: workload, at, call })
    const place = { store: 'app', onboarding, step: `mail/${workload}` } as const
    const found = await checked(azure, place, [results])
    const bounced = sound ? undelivered({ onboarding, workload, to: mail.to, operationId, state }) : undefined
    if (bounced) warnOf(log, [bounced])
    return {
      operationId,
      to: mail.to,
      sentAt,
      state: isUnderWay(state) ? 'Running' : state,
      ...(bounced ? { bounced } : {}),
      ...found
    }
  }
