import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import type { Workload } from '../domain/terms/workloads.ts'
import { defineRecord } from './define-record.ts'

/** That a mail was handed to the mail service: read before any second try. */
export type SentMail = z.output<typeof schema>

const schema = z.object({
  /** e.g. `alias-exchange`: one mail of each kind. */
  kind: z.string(),
  operationId: z.string(),
  to: z.array(z.string()),
  /** ISO 8601 UTC */
  sentAt: z.string()
})

/** Which mail of which onboarding. */
export interface MailId extends Pick<SentMail, 'kind' | 'operationId'> {
  readonly onboarding: string
}

const record = defineRecord({
  kind: 'sent mail',
  format: 1,
  schema,
  name: ({ onboarding, kind, operationId }: MailId) => `${folderOf(onboarding)}${kind}-${operationId}.json`
})

export const writeSentMail = (store: RecordStore, id: MailId, mail: SentMail) => record.put(store, id, mail)

/** Undefined where none is recorded; it may have been sent all the same. */
export const readSentMail = (store: RecordStore, id: MailId): Promise<SentMail | undefined> => record.read(store, id)

/** Whether any mail of that kind is recorded for an onboarding: which kinds, by the names of their records. */
export async function kindsSent(store: RecordStore, onboarding: string): Promise<(kind: string) => boolean> {
  const { value: names } = await store.list('records', folderOf(onboarding))
  return (kind) => names.some((name) => name.startsWith(`${folderOf(onboarding)}${kind}-`) && name.endsWith('.json'))
}

/** Of the mail to a workload's alias. */
export const aliasMailKind = (workload: Workload): string => `${ofAliases}${workload}`

const ofAliases = 'alias-'

/** The mails to aliases, in the order of their names. */
export async function aliasMailsSent(store: RecordStore, onboarding: string): Promise<readonly SentMail[]> {
  const { value: names } = await store.list('records', `${folderOf(onboarding)}${ofAliases}`)
  const ids = names.flatMap((name): MailId[] => {
    const [, kind, operationId] = named.exec(name.slice(folderOf(onboarding).length)) ?? []
    return kind === undefined || operationId === undefined ? [] : [{ onboarding, kind, operationId }]
  })
  return (await Promise.all(ids.map((id) => readSentMail(store, id)))).flatMap((mail) => mail ?? [])
}

const named = /^(.+)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json$/

const folderOf = (onboarding: string): string => `${onboarding}/mail/`
