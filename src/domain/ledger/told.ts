import type { Fact } from '../state/fact.ts'
import { isAnswerTo, type Answer } from '../tasks/answers.ts'
import { isOf, taskName, type TaskKind } from '../tasks/task.ts'
import type { Override, Requirement } from '../terms/evidence.ts'
import type { Amendment } from './amendment.ts'
import { entriesOfKind, type Entry } from './entry.ts'
import { judgementsIn } from './judgements.ts'
import { factsOfAmendment } from './people-changed.ts'
import type { Standing } from './standing.ts'

/** What the documents say that the entries of a chain point to. */
export interface ToldParts {
  /** The chain. */
  readonly entries: readonly Entry[]
  readonly chapters: readonly ToldChapter[]
  /** Of the onboarding, oldest first. */
  readonly amendments: readonly Amendment[]
  /** Those of the chain that were taken. */
  readonly answers: readonly TakenAnswer[]
  readonly standing: Standing | undefined
  /** Of the check that a finding's code is of. */
  readonly requirementOf: (code: string) => Requirement | undefined
}

/** With its id. `of`: what an override was said of; absent where that was erased. */
export type TakenAnswer = Answer & { readonly id: string; readonly of?: string | undefined }

export interface ToldChapter {
  readonly step: string
  readonly result?: unknown
  readonly facts: readonly Fact[]
}

/** Where a new generation goes on. */
export interface Told {
  readonly chapters: Readonly<Record<string, unknown>>
  readonly facts: readonly Fact[]
  readonly carried: readonly Answer[]
  readonly takenOver?: { readonly at: string; readonly why: string }
}

/** What the story was told so far, and what of it still counts. */
export function toldIn(parts: ToldParts): Told {
  const takeover = takeoversIn(parts.entries).at(-1)
  return {
    chapters: Object.fromEntries(parts.chapters.map(({ step, result }) => [step, result])),
    facts: factsOf(parts),
    carried: carriedIn(parts),
    ...(takeover && { takenOver: { at: takeover.moment, why: takeover.said.why } })
  }
}

const takeoversIn = (entries: readonly Entry[]): Entry<'generation'>[] =>
  entriesOfKind(entries, 'generation').filter(({ said }) => said.number > 1)

/** Chapters told their own facts; what people said and who acts stands in the ledger by itself, and no fact is told twice. */
function factsOf({ entries, chapters, answers, amendments, requirementOf }: ToldParts): Fact[] {
  const ofChapters = chapters.flatMap(({ facts }) => facts)
  const known = new Set(ofChapters.flatMap(keysOf))
  const besides: Fact[] = [
    ...answers.map(({ task, by, at }): Fact => ({ fact: 'answered', answers: [{ task, by, at }] })),
    ...answers.flatMap((answer): Fact[] => overriddenBy(answer, requirementOf)),
    ...amendments.flatMap(factsOfAmendment),
    ...takeoversIn(entries).map(({ moment, said }): Fact => ({ fact: 'taken-over', at: moment, why: said.why }))
  ]
  return [...ofChapters, ...besides.filter((fact) => !keysOf(fact).some((key) => known.has(key)))]
}

/** What makes a fact about a person's word the same as another. */
function keysOf(fact: Fact): string[] {
  if (fact.fact === 'answered') return fact.answers.map(({ task, by, at }) => `answered ${taskName(task)} ${by} ${at}`)
  if (fact.fact === 'overridden') return fact.overrides.map(({ code, by, at }) => `overridden ${code} ${by} ${at}`)
  return fact.fact === 'replaced' ? [`replaced ${fact.replacement.id}`] : []
}

/** It covers what was seen then; where nobody knows what that was, it covers nothing and is asked for again. */
function overriddenBy(answered: TakenAnswer, requirementOf: ToldParts['requirementOf']): Fact[] {
  if (!isAnswerTo(answered, 'override')) return []
  const { by, at, answer, of: observed } = answered
  const { code } = answered.task
  const requirement = requirementOf(code)
  // No check of today finds it, so nothing is to be overridden.
  if (requirement === undefined || observed === undefined) return []
  const override: Override = { code, observed, requirement, by, reason: answer.reason, at }
  return [{ fact: 'overridden', overrides: [override] }]
}

/** Answers taken since the last chapter's end: the next generation need not judge them. */
function carriedIn({ entries, answers, standing }: ToldParts): Answer[] {
  const ended = entriesOfKind(entries, 'chapter').at(-1)?.n ?? 0
  const judgements = judgementsIn(entries)
  const said = new Map(entriesOfKind(entries, 'answer').map((each) => [each.said.id, each.n]))
  const stoodSince = said.get(standing?.answer ?? '') ?? Number.POSITIVE_INFINITY
  const carried = answers.filter(({ id, task }) => {
    if (isOf(task, 'cancel', 'halt')) return id === standing?.answer
    if (isOf(task, 'go-on')) return (said.get(id) ?? 0) > stoodSince
    return !isOf(task, ...notCarried) && (judgements.get(id)?.n ?? 0) > ended
  })
  return carried.map(({ of: _, ...answer }) => answer)
}

/** Of one finding of one generation; or told otherwise, by facts and amendments; or of the moment. */
const notCarried = [
  'retry',
  'mend',
  'override',
  'replace-operator',
  'confirm-replacement',
  'withdraw-replacement',
  'confirm-plan',
  'replace-officer',
  'take-over'
] as const satisfies readonly TaskKind[]
