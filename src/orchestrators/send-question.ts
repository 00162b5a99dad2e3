import { taskName, type Task } from '../domain/tasks/task.ts'
import type { Question } from './question.ts'

/** Asks an operator to send a mail that the app has written. */
export const sendQuestion = (onboarding: string, task: Task, to: string): Question => ({
  task,
  for: 'any operator',
  asks: `Send the mail to ${to} from your own mailbox, unchanged, then say when: on the page, or ckey mail ${onboarding} ${taskName(task)}.`
})
