import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import type { HandOff } from '../domain/hand-off/hand-off.ts'
import { allStandings } from '../domain/hand-off/requirement-report.ts'
import { lists } from '../domain/hand-off/requirement-words.ts'
import { evidenceRef } from '../domain/terms/evidence.ts'
import { choiceFields } from '../domain/terms/choices.ts'
import { requirement, workload } from '../domain/terms/fields.ts'
import { sha256 } from '../sha256.ts'
import { documentOf, textOfBytes, utf8 } from './json-document.ts'
import { verifiedResult } from './verified-vault.ts'
import { defineTextRecord } from './text-record.ts'

const texts = z.array(z.string())
const answered = z.object({ task: z.string(), by: z.string(), at: z.string() })
const command = z.object({ purpose: z.string(), lines: texts })

const schema: z.ZodType<HandOff> = z.object({
  banner: z.string().exactOptional(),
  onboarding: z.string(),
  purpose: choiceFields.purpose,
  organization: z.object({ tenantId: z.string(), domain: z.string() }),
  writtenAt: z.string(),
  verifiedSince: z.string(),
  planDigest: z.string(),
  policies: z.array(
    z.object({
      id: z.string(),
      workload,
      title: z.string(),
      vaults: z.array(verifiedResult),
      validate: command.exactOptional(),
      commands: z.array(command)
    })
  ),
  officers: z.array(
    z.object({
      workload,
      requestId: z.string(),
      officers: z.array(z.object({ name: z.string(), email: z.string() })),
      signedInAs: z.string().exactOptional(),
      chosenOffer: z.string().exactOptional(),
      submittedBy: z.string(),
      at: z.string()
    })
  ),
  approvals: z.array(answered),
  offlineCopies: z.array(answered.extend({ location: z.string(), covers: texts.exactOptional() })),
  vaultTasks: z.array(answered),
  registration: z.object({
    states: z.tuple([z.string(), z.string()]),
    mailedAt: z.string(),
    acknowledgedAt: z.string().exactOptional(),
    dueAt: z.string(),
    breachedAt: z.string().exactOptional()
  }),
  advice: z.object({ watch: texts, never: texts }),
  replacements: z.array(answered.extend({ leaves: z.string(), joins: z.string(), reason: z.string() })),
  microsoft: z.array(answered.extend({ says: z.string() })).exactOptional(),
  overrides: z.array(
    z.object({
      code: z.string(),
      // Hand-offs of before a takeover kept it may be without.
      observed: z.string().default('not known any more'),
      requirement,
      by: z.string(),
      reason: z.string(),
      at: z.string()
    })
  ),
  requirements: z.array(
    z.object({
      id: requirement,
      title: z.string(),
      kind: z.enum(['action', 'check', 'human', 'warning', 'gate']),
      status: z.enum(allStandings),
      evidence: texts,
      count: z.object({ of: z.int(), seen: z.int() }),
      between: z.tuple([z.string(), z.string()]).exactOptional(),
      words: z.array(answered.extend({ in: z.enum(lists) })),
      task: z.string().exactOptional(),
      answeredBy: z.string().exactOptional(),
      despite: texts.exactOptional(),
      unread: texts.exactOptional(),
      missing: z.string().exactOptional()
    })
  ),
  counts: z.object({
    proved: z.int(),
    provedAndAttested: z.int(),
    attested: z.int(),
    shown: z.int(),
    notProved: z.int()
  }),
  evidence: z.array(evidenceRef),
  otherBatches: z.array(evidenceRef.pick({ store: true, name: true }))
})

const { parse, textOf } = documentOf({
  kind: 'hand-off',
  format: 1,
  schema,
  text: (document) => JSON.stringify(document, undefined, 2) // people read it
})

const nameOf = (onboarding: string): string => `${onboarding}/hand-off.json`

/** The hand-off as it lies in the store; `sha256` is that of its text. */
export interface StoredHandOff {
  readonly name: string
  readonly text: string
  readonly sha256: string
  readonly handOff: HandOff
}

/** Writes the hand-off, once: the first one written is the hand-off, and what this returns. */
export async function writeHandOffJson(store: RecordStore, composed: HandOff): Promise<StoredHandOff> {
  const { onboarding } = composed
  const document = { bytes: utf8(textOf(composed)), contentType: 'application/json' }
  await store.putNew({ container: 'records', name: nameOf(onboarding) }, document)
  const stored = await readHandOffJson(store, onboarding)
  if (stored) return stored
  throw new Error(`The hand-off of ${onboarding} was written but cannot be read yet. It is looked for again.`)
}

/** Undefined before it is written. */
export async function readHandOffJson(store: RecordStore, onboarding: string): Promise<StoredHandOff | undefined> {
  const name = nameOf(onboarding)
  const { value } = await store.read({ container: 'records', name })
  if (!value) return undefined
  const handOff = parse(value.bytes, name)
  return { name, text: textOfBytes(value.bytes), sha256: sha256(value.bytes), handOff }
}

const markdown = defineTextRecord({
  kind: 'hand-off for readers',
  contentType: 'text/markdown; charset=utf-8',
  name: (onboarding: string) => `${onboarding}/hand-off.md`
})

/** Where people find the hand-off in the store. */
export const handOffMarkdownName = (onboarding: string): string => markdown.nameOf(onboarding)

/** The same for readers; the first one written stays. */
export async function writeHandOffMarkdown(store: RecordStore, onboarding: string, text: string): Promise<void> {
  await markdown.put(store, onboarding, text)
}

/** Undefined before it is written. */
export const readHandOffMarkdown = (store: RecordStore, onboarding: string): Promise<string | undefined> =>
  markdown.read(store, onboarding)
