import { onMailAccepted } from '../azure/microsoft/approvals.ts'
import type { ReachableAzure } from '../azure/start.ts'
import type { SendTask } from '../../src/domain/tasks/send.ts'
import { taskName } from '../../src/domain/tasks/task.ts'

/** What a person does with a mail that the app wrote: sends it from their own mailbox. It arrives at Microsoft. */
export async function sendMail(azure: ReachableAzure, onboarding: string, task: SendTask): Promise<void> {
  const file = await azure.readBlob(
    azure.seed.storage.records.name,
    'records',
    `${onboarding}/mail/${taskName(task)}.eml`
  )
  if (!file)
    throw new Error(`The app asks for ${taskName(task)}, and has written no such mail. Look at write-alias-mail.`)
  const mail = file.toString()
  const to = /^To: (.*)\r$/m.exec(mail)?.[1]?.split(', ') ?? []
  onMailAccepted({ to, text: mail.slice(mail.indexOf('\r\n\r\n') + 4) }, azure)
}
