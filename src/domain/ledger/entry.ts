import { z } from 'zod'
import { person } from '../people/person.ts'
import { slot } from '../terms/fields.ts'
import { whoChanged } from './who-changed.ts'

/** A document in `records` that an entry points to: free text and names stand there, and can be erased. Its digest is salted. */
const pointer = z.object({ name: z.string(), sha256: z.string() })

export type Pointer = z.output<typeof pointer>

const generation = z.int().min(1)

/** Somebody, or a group, that stands for a slot. */
const party = z.object({ slot, objectId: z.string(), isGroup: z.boolean(), isOperator: z.boolean() })

/** Whoever acted: a generation of the chain's instances. */
const by = z.object({ generation })

/** What an entry says, by its kind. `id`: of what it says; an entry that says the same twice is there once. */
export const saying = z.discriminatedUnion('kind', [
  /** Of a tenant, for an onboarding. */
  z.object({ kind: z.literal('claim'), id: z.string(), onboarding: z.string() }),
  /** `stand`: who stands for a slot as the plan has it; absent of a release before. */
  z.object({
    kind: z.literal('opened'),
    id: z.literal('opened'),
    plan: pointer,
    by: person,
    stand: z.array(party).readonly().optional()
  }),
  /** Instances that carry the chain from here on. `why` they are new: a code of `takeover.ts`. */
  z.object({
    kind: z.literal('generation'),
    id: z.string(),
    number: generation,
    instance: z.string(),
    release: z.string(),
    hub: z.string(),
    /** Of the hub's birth. */
    mark: z.string(),
    /** What its instance was started with, where no other record says so: a branch's. */
    input: pointer.optional(),
    why: z.string()
  }),
  /** The first thing that a new instance does: it was there. */
  z.object({ kind: z.literal('begun'), id: z.string(), ...by.shape }),
  /** What a person said. `serial`, `generation`: of the asking that they saw; absent where none was to be seen. */
  z.object({
    kind: z.literal('answer'),
    id: z.string(),
    task: z.string(),
    serial: z.int().optional(),
    generation: generation.optional(),
    by: person,
    said: pointer
  }),
  /** What became of an answer. `why`, where it was not taken, may name people; `of`: what an override was said of. */
  z.object({
    kind: z.literal('verdict'),
    id: z.string(),
    answer: z.string(),
    verdict: z.enum(['taken', 'refused', 'late']),
    why: pointer.optional(),
    of: pointer.optional(),
    ...by.shape
  }),
  /** Somebody acts in another's place from here on, or is to. `who`: absent of a release before. */
  z.object({
    kind: z.literal('amendment'),
    id: z.string(),
    answer: z.string(),
    change: pointer,
    who: whoChanged.optional(),
    ...by.shape
  }),
  /** About to do what cannot be undone. */
  z.object({ kind: z.literal('intent'), id: z.string(), activity: z.string(), ...by.shape }),
  z.object({
    kind: z.literal('outcome'),
    id: z.string(),
    intent: z.string(),
    outcome: z.enum(['done', 'refused', 'held']),
    ...by.shape
  }),
  /** A part of the story is over, with this result. `heads`: of the branches' chains then, by their names. */
  z.object({
    kind: z.literal('chapter'),
    id: z.string(),
    step: z.string(),
    result: pointer,
    heads: z.record(z.string(), z.string()),
    ...by.shape
  }),
  /** A mail to people that could not be delivered, or another courtesy that failed; the story tells of it. */
  z.object({ kind: z.literal('failed-mail'), id: z.string(), letter: z.string(), why: pointer }),
  z.object({
    kind: z.literal('closed'),
    id: z.literal('closed'),
    outcome: z.enum(['completed', 'cancelled']),
    result: pointer.optional(),
    ...by.shape
  })
])

export type Saying = z.output<typeof saying>

export type EntryKind = Saying['kind']

export type SayingOf<K extends EntryKind> = Extract<Saying, { kind: K }>

/** An entry as it lies in the store, with what links it to the one before. */
export const storedEntry = z.object({
  /** Of the entry before; absent in the first. */
  previous: z.object({ sha256: z.string(), moment: z.string() }).optional(),
  said: saying
})

/** An entry of a chain as it was read; `Entry<'answer'>` is one of that kind. */
export type Entry<K extends EntryKind = EntryKind> = EntryOf<SayingOf<K>>

interface EntryOf<S extends Saying> {
  /** From 1. */
  readonly n: number
  /** ISO 8601 UTC: when the store took it, by the store's own clock. */
  readonly moment: string
  /** Of the whole document. */
  readonly sha256: string
  readonly said: S
}

export const entriesOfKind = <K extends EntryKind>(entries: readonly Entry[], kind: K): Entry<K>[] =>
  entries.filter((entry): entry is Entry & Entry<K> => entry.said.kind === kind)
