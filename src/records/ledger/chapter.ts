import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { RecordStore } from '../../contracts/record-store.ts'
import type { Fact } from '../../domain/state/fact.ts'
import type { StoredRecord } from '../../domain/terms/stored-record.ts'
import { defineDigestedRecord } from '../define-record.ts'

/** What a chapter gave to those behind it, and the facts that it told: a later generation goes on from there. */
export interface EndedChapter {
  readonly step: string
  /** JSON, in the shape of that chapter. */
  readonly result?: unknown
  readonly facts: readonly Fact[]
}

const fact = z.custom<Fact>((value) => z.looseObject({ fact: z.string() }).safeParse(value).success)

const record = defineDigestedRecord({
  kind: 'ended chapter',
  format: 1,
  /** With a salt, since people's names are in it and its digest stands in the ledger for years. */
  schema: z.object({ salt: z.string(), step: z.string(), result: z.unknown(), facts: z.array(fact) }),
  folder: ({ onboarding, step }: { readonly onboarding: string; readonly step: string }) =>
    `${onboarding}/chapters/${step}`
})

export const writeChapter = (store: RecordStore, onboarding: string, chapter: EndedChapter): Promise<StoredRecord> =>
  record.keep(
    store,
    { onboarding, step: chapter.step },
    {
      salt: randomBytes(32).toString('hex'),
      step: chapter.step,
      result: chapter.result,
      facts: [...chapter.facts]
    }
  )

export const readChapter = (
  store: RecordStore,
  stored: StoredRecord,
  which?: { readonly erased: boolean }
): Promise<EndedChapter> => record.read(store, stored, which)
