import type { SendTask } from '../domain/tasks/send.ts'
import { taskName } from '../domain/tasks/task.ts'
import type { RecordStore } from '../contracts/record-store.ts'
import { eml, type Draft } from '../domain/mails/eml.ts'
import { defineTextRecord } from './text-record.ts'

/** Which mail a person is to send: that of one task of one onboarding. */
export interface MailFileOf {
  readonly onboarding: string
  readonly task: SendTask
}

const record = defineTextRecord({
  kind: 'mail file',
  contentType: 'message/rfc822',
  name: ({ onboarding, task }: MailFileOf) => `${onboarding}/mail/${taskName(task)}.eml`
})

/** Keeps a mail for the person who sends it; one that is there stays, since it may have been sent. */
export const writeMailFile = (store: RecordStore, of: MailFileOf, draft: Draft) => record.put(store, of, eml(draft))

/** Undefined where none was written. */
export const readMailFile = (store: RecordStore, of: MailFileOf): Promise<string | undefined> => record.read(store, of)
