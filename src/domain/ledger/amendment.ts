import { z } from 'zod'
import { person } from '../people/person.ts'
import type { ChangeOfPeople } from '../plan/replacements.ts'
import type { Answer } from '../tasks/answers.ts'
import { taskKinds } from '../tasks/task-kinds.ts'
import type { TaskKind } from '../tasks/task.ts'
import { evidenceRef, type EvidenceRef } from '../terms/evidence.ts'
import { slot } from '../terms/fields.ts'

/** One word that changed who acts, or is to. `id`: of the amendment; the first one of an id counts. */
export type Amendment =
  | ProposalAmendment
  | OperatorAmendment
  | Of<'withdrawal', 'withdraw-replacement', { readonly proposal: string }>
  /** Whoever took over acts from here on. */
  | Of<'plan-confirmed', 'confirm-plan', { readonly proposal: string }>
  | Of<'officer', 'replace-officer', object>

/** An operator proposes it: nothing is changed yet. `id`: of the answer. */
export type ProposalAmendment = Of<'proposal', 'replace-operator', ChangeOfPeople & Newcomer>

/** It stands. `answered`: what was proposed. One of a release before has no `proposal`: an operator's word was enough then. */
export type OperatorAmendment = Of<
  'operator',
  'replace-operator',
  ChangeOfPeople & Newcomer & { readonly proposal?: string; readonly second?: SecondWord }
>

/** Who takes over, as the directory had them. */
export interface Newcomer {
  readonly objectId: string
  readonly evidence: EvidenceRef
}

/** What made a proposal stand, beside the word of one operator (R11). `at`: ISO 8601 UTC. */
export type SecondWord =
  | { readonly way: 'custodian'; readonly at: string; readonly answered: Answer<'confirm-replacement'> }
  /** An Owner of the slot's subscription gave the newcomer the reader role on its store. `by`: object id. */
  | (OwnersWord & { readonly way: 'owner' })
  /** Neither could be had, and nobody minded for so long after everybody was told. */
  | { readonly way: 'delay'; readonly at: string; readonly mailedAt: string }

/** Somebody gave a role, as Azure says. `assignment`: its resource id. */
export interface OwnersWord {
  readonly by: string
  readonly at: string
  readonly assignment: string
}

type Of<Kind extends string, Task extends TaskKind, More> = More & {
  readonly of: Kind
  readonly id: string
  /** ISO 8601 UTC */
  readonly at: string
  readonly answered: Answer<Task>
}

const said = { person, by: z.string(), at: z.string(), id: z.string().exactOptional() }
const ofSlot = <Kind extends TaskKind>(kind: Kind) =>
  z.object({ ...said, task: z.object({ kind: z.literal(kind), slot }), answer: taskKinds[kind].answer.schema })
const about = { id: z.string(), at: z.string() }
const change = {
  slot,
  leaves: z.string(),
  joins: z.string(),
  objectId: z.string(),
  evidence: evidenceRef,
  answered: ofSlot('replace-operator')
}
const at = z.string()
const second = z.discriminatedUnion('way', [
  z.object({ way: z.literal('custodian'), at, answered: ofSlot('confirm-replacement') }),
  z.object({ way: z.literal('owner'), at, by: z.string(), assignment: z.string() }),
  z.object({ way: z.literal('delay'), at, mailedAt: z.string() })
])

/** As it is kept. */
export const amendment: z.ZodType<Amendment> = z.discriminatedUnion('of', [
  z.object({ of: z.literal('proposal'), ...about, ...change }),
  z.object({
    of: z.literal('operator'),
    ...about,
    ...change,
    proposal: z.string().exactOptional(),
    second: second.exactOptional()
  }),
  z.object({ of: z.literal('withdrawal'), ...about, proposal: z.string(), answered: ofSlot('withdraw-replacement') }),
  z.object({ of: z.literal('plan-confirmed'), ...about, proposal: z.string(), answered: ofSlot('confirm-plan') }),
  z.object({
    of: z.literal('officer'),
    ...about,
    answered: z.object({
      ...said,
      task: z.object({ kind: z.literal('replace-officer') }),
      answer: taskKinds['replace-officer'].answer.schema
    })
  })
])
