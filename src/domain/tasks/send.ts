import { z } from 'zod'
import { planWorkloads } from '../plan/plan-workloads.ts'
import { moment } from './answer-fields.ts'
import { defineTask, none, unsaid, type TaskForm } from './define-task.ts'
import { momentOf, text } from './form.ts'
import { taskName, type Task } from './task.ts'
import { anyOperator } from './whom.ts'

const sent = {
  component: 'SentAnswer',
  schema: z.strictObject({ at: moment.optional() }),
  example: { at: '2026-11-23T11:05:00-08:00' }
}

const form = {
  action: 'It was sent',
  warns: false,
  fields: [{ name: 'at', label: 'When it was sent', kind: 'moment', required: false, help: 'Empty: now' }],
  toAnswer: (values, { zone }) => momentOf(text(values, 'at'), zone)
} satisfies Omit<TaskForm, 'title'>

/** The mail lies in the records under the name of its task. */
interface WrittenMail {
  readonly onboarding: string
  /** Its receiver. */
  readonly to: string
}

export type SendTask = Task<'send-mail' | 'send-escalation'>

/** What is the same of every mail that a person sends. */
const sending = {
  answer: sent,
  toRead: 'mail',
  steps: none,
  commands: (task: SendTask, { onboarding }: WrittenMail): readonly string[] => [
    `ckey mail ${onboarding} ${taskName(task)}`
  ],
  asks: (_: SendTask, { to }: WrittenMail, [command = '']: readonly string[]): string =>
    `Send the mail to ${to} from your own mailbox, unchanged, then say when: on the page, or ${command}.`,
  whom: anyOperator,
  role: 'Operator',
  stepUp: false,
  optional: false,
  stands: 'alone',
  ofVault: false,
  faults: none
} as const

/** A mail to the alias of a workload, written by the app and sent by a person (R22). */
export const sendMail = defineTask('send-mail', {
  ...sending,
  form: { ...form, title: ({ workload }) => `Send the mail ${workload} to Microsoft` },
  proves: {
    family: 'mails',
    expected: (plan) =>
      plan.mail === 'person' ? planWorkloads(plan).map((workload) => ({ kind: 'send-mail', workload })) : []
  },
  reads: { status: ({ workload }) => `mail ${workload}`, reason: unsaid, handOff: unsaid }
})

/** The same when Microsoft's business days are over (R25). */
export const sendEscalation = defineTask('send-escalation', {
  ...sending,
  form: { ...form, title: ({ number, workload }) => `Send the escalation ${number}-${workload} to Microsoft` },
  proves: undefined,
  reads: {
    status: ({ number, workload }) => `escalation ${number} ${workload}`,
    reason: unsaid,
    handOff: unsaid
  }
})
