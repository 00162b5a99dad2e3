import { mailHeld } from '../../domain/checks/mail.ts'
import { operatorsOf } from '../../domain/mails/operator-email.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { aliasMail, unsent } from './alias-mail.ts'
import { checked } from '../checked.ts'
import { writeMailFile } from '../../records/mail-file.ts'
import { withPeople } from './with-people.ts'

/** The same mail, written for a person to send (R21–R24): checked as one that the app sends, and kept as a file. */
export const writeAliasMail =
  (reach: PlannedReach): Step<'write-alias-mail'> =>
  async (input) => {
    const { azure } = reach
    const { onboarding, now: at, workload } = input
    const { plan, mail, expected, sound } = await aliasMail(input, reach)
    const draft = { ...mail, to: [mail.to], cc: operatorsOf(await withPeople(azure.app.graph, plan)) }
    const { call } = sound
      ? await writeMailFile(azure.app.store, { onboarding, task: { kind: 'send-mail', workload } }, draft)
      : unsent
    const results = mailHeld(mail, expected, { resource: mail.to, suffix: workload, at, call })
    const place = { store: 'app', onboarding, step: `mail/${workload}` } as const
    return { to: mail.to, ...(await checked(azure, place, [results])) }
  }
