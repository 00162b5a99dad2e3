import type { StepActivityName } from '../../contracts/activities.ts'
import type { Ledger } from '../../contracts/ledger.ts'
import { isAboutTo } from '../../domain/ledger/intents.ts'

/**
 * Whether a mail to Microsoft is to go out, of any open onboarding: one sender has one limit, five mails a minute and ten an
 * hour on Azure's own domain, and what people are told as a courtesy takes no room from it.
 * https://learn.microsoft.com/azure/communication-services/concepts/service-limits
 */
export async function isMailToMicrosoftDue(ledger: Pick<Ledger, 'open'>): Promise<boolean> {
  const open = await ledger.open()
  return open.some(({ entries }) => isAboutTo(entries, mailsToMicrosoft))
}

const mailsToMicrosoft: readonly StepActivityName[] = ['notify-microsoft', 'mail-escalation']
