import { whyNotThen } from '../domain/tasks/said-moment.ts'
import { judgingAtOnce } from './question.ts'

/** A mail that a person sends cannot have been sent before it was written. */
export const sentAfter = (kind: 'send-mail' | 'send-escalation', writtenAt: string) =>
  judgingAtOnce(kind, (answer) =>
    whyNotThen(answer, { cannot: 'It cannot have been sent', before: 'it was written', at: writtenAt })
  )

/** Microsoft acknowledges what it was sent. */
export const acknowledgedAfter = (firstMailAt: string) =>
  judgingAtOnce('acknowledge', (answer) =>
    whyNotThen(answer, {
      cannot: 'Microsoft cannot have acknowledged',
      before: 'the first mail was sent',
      at: firstMailAt
    })
  )
