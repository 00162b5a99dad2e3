import { whyNotThen } from '../domain/tasks/said-moment.ts'
import { judgingAtOnce } from './question.ts'

/** A mail that a person sends cannot have been sent before it was written. */
export const sentAfter = (kind: 'send-mail' | 'send-escalation', writtenAt: string) =>
  judgingAtOnce(kind, (answer) =>
    whyNotThen(answer, { cannot: 'It cannot have been sent', before: 'it was written', at: writtenAt })
  )

/** Microsoft acknowledges, and answers, what it was sent. */
export const answeredAfter = (kind: 'acknowledge' | 'microsoft-answered', firstMailAt: string) =>
  judgingAtOnce(kind, (answer) =>
    whyNotThen(answer, {
      cannot: kind === 'acknowledge' ? 'Microsoft cannot have acknowledged' : 'Microsoft cannot have answered',
      before: 'the first mail was sent',
      at: firstMailAt
    })
  )
