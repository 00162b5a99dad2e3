import type { Question } from './question.ts'

/** Asks an operator to send a mail that the app has written. */
export const sendQuestion = (onboarding: string, task: string, to: string): Question => ({
  name: task,
  for: 'any operator',
  asks: `Send the mail to ${to} from your own mailbox, unchanged, then say when: on the page, or ckey mail ${onboarding} ${task}.`
})
