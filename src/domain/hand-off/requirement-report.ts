import type { Requirement } from '../terms/evidence.ts'
import type { RequirementFacts, RequirementKind } from '../requirements/requirement-facts.ts'
import { requirementTable } from '../requirements/requirement-table.ts'
import { sameTask, taskName } from '../tasks/task.ts'
import type { Workload } from '../terms/workloads.ts'
import type { Person } from '../people/person.ts'
import {
  copiesSaid,
  escalationsSent,
  isMailedElsewhere,
  overridesOf,
  wordsOf,
  type Word,
  type Words,
  type WordSources
} from './requirement-words.ts'
import { seenFacts, type SeenFact, type SeenRecord, type SeenSources } from './seen-facts.ts'

/** How one requirement of Microsoft's article stands. */
export interface RequirementStatus {
  readonly id: Requirement
  readonly title: string
  readonly kind: RequirementKind
  readonly status: Standing
  /** Ids `{batch}#{record}` of what it is computed from, records counted from 0. */
  readonly evidence: readonly string[]
  /** How many of its resources were seen, or of its people have spoken. */
  readonly count: { readonly of: number; readonly seen: number }
  /** ISO 8601 UTC, of the first and the last that counts; absent where nothing does. */
  readonly between?: readonly [string, string]
  readonly words: readonly Word[]
  /** The tasks that answer it, e.g. `approve-slot-1, approve-slot-2`. */
  readonly task?: string
  /** Who answered them. */
  readonly answeredBy?: string
  /** What did not hold when it was seen, where a person said to go on: with what was observed then. */
  readonly despite?: readonly string[]
  /** What could not be looked at, and why: the row stands for the rest. */
  readonly unread?: readonly string[]
  /** Of what is not proved: the first that is missing, in words. */
  readonly missing?: string
}

/** The four words of a row, and the two together; `standings` explains them to readers. */
export type Standing = keyof typeof standings

export const standings = {
  proved:
    'the app saw it itself, of every resource that is counted, by calls that its evidence names, at the time given',
  'proved · attested': 'a part of it is proved, and for the rest a person stands',
  attested: 'a person stands for it: who said it, when, and where in this document what they said stands',
  shown: 'it was put before those who are named, who then approved the plan',
  'not proved': 'neither: what is missing is named'
} as const

export const allStandings = Object.keys(standings) as Standing[] // as its type says

export interface RequirementSources extends SeenSources, WordSources {
  /** To whom the plan was shown, whole, and when. */
  readonly shown: readonly ShownTo[]
  /** Escalations of a breach: all that were due (R25). */
  readonly escalations: readonly Escalation[]
}

/** Who was shown a plan. */
export interface ShownTo {
  /** UPN */
  readonly by: string
  readonly person: Person
  /** ISO 8601 UTC */
  readonly at: string
}

/** A mail to Microsoft that was due after a breach, counted from 1 for each alias. */
export interface Escalation {
  readonly workload: Workload
  readonly number: number
  /** When the mail service took it, ISO 8601 UTC; absent where no record says that it did. */
  readonly takenAt?: string
}

/** One row for each of R1 to R47, in the article's order. */
export const requirementReport = (sources: RequirementSources): RequirementStatus[] =>
  requirementTable.map((facts) => rowOf(facts, sources))

export interface RequirementCounts {
  readonly proved: number
  readonly provedAndAttested: number
  readonly attested: number
  readonly shown: number
  readonly notProved: number
}

export function requirementCounts(report: readonly Pick<RequirementStatus, 'status'>[]): RequirementCounts {
  const count = (status: Standing): number => report.filter((row) => row.status === status).length
  return {
    proved: count('proved'),
    provedAndAttested: count('proved · attested'),
    attested: count('attested'),
    shown: count('shown'),
    notProved: count('not proved')
  }
}

/** In one line, for readers. */
export const countsInWords = (counts: RequirementCounts): string =>
  `${counts.proved} proved, ${counts.provedAndAttested} proved · attested, ${counts.attested} attested, ` +
  `${counts.shown} shown, ${counts.notProved} not proved`

function rowOf(facts: RequirementFacts, sources: RequirementSources): RequirementStatus {
  const seen = seenFacts(facts, sources).map((fact) => agreed(facts, fact, sources))
  const answered = wordsOf(facts.heard ?? (isMailedElsewhere(facts, sources) ? 'approvals' : undefined), sources)
  const heard = facts.shown ? shownWords(answered, sources) : answered
  const stated = wordsOf(facts.stated, sources, facts.statement)
  const words = [...heard.said, ...stated.said, ...saidLater(facts, sources), ...overridesOf(facts, seen, sources)]
  const missing = missingIn(facts, { seen, heard, stated }, sources)
  const despite = seen.filter(({ state }) => state === 'overridden').map(observedOf)
  const counted = seen.flatMap(({ record }) => record ?? [])
  const { id, kind } = facts
  return {
    id,
    title: (sources.plan.purpose === 'test' ? facts.titleOfTest : undefined) ?? facts.title,
    kind,
    status: missing === undefined ? standingOf(facts, { seen, stated, words }, sources) : 'not proved',
    evidence: [...new Set(counted.map((record) => record.id))],
    count: countOf(seen, facts.proofs.length > 0 ? [] : [heard, stated]),
    ...betweenOf([...counted, ...(counted.length > 0 ? [] : words)].map(({ at }) => at)),
    words,
    ...namedIn(words),
    ...(despite.length > 0 && { despite }),
    ...unreadIn(counted),
    ...(missing !== undefined && { missing })
  }
}

function unreadIn(records: readonly SeenRecord[]): Pick<RequirementStatus, 'unread'> {
  const unread = [...new Set(records.flatMap((record) => record.unread ?? []))]
  return unread.length === 0 ? {} : { unread }
}

/** What people said beside what was asked. */
function saidLater({ id }: RequirementFacts, sources: RequirementSources): readonly Word[] {
  if (id === 'R25') return escalationsSent(sources)
  return id === 'R45' ? copiesSaid(sources) : []
}

const namedIn = (words: readonly Word[]): Pick<RequirementStatus, 'task' | 'answeredBy'> =>
  words.length === 0
    ? {}
    : { task: listOfAll(words.map(({ task }) => task)), answeredBy: listOfAll(words.map(({ by }) => by)) }

/** Of those who approved, whom the plan had been shown to, and when: the same person, whatever their name was then. */
function shownWords({ said, needed }: Words, { shown, tasks }: RequirementSources): Words {
  const words = said.flatMap((word) => {
    const approver = tasks.find(({ task, at }) => taskName(task) === word.task && at === word.at)?.person
    return shown
      .filter(({ person: { oid } }) => oid === approver?.oid)
      .map(({ at }): Word => ({ ...word, at, in: 'shown' }))
  })
  return { said: words, needed, given: Math.min(words.length, needed) }
}

/** What does not hold because those who approved the plan wanted it otherwise. */
const agreed = (facts: RequirementFacts, fact: SeenFact, sources: RequirementSources): SeenFact =>
  fact.state === 'broken' && isMailedElsewhere(facts, sources) ? { ...fact, state: 'overridden' } : fact

interface Row {
  readonly seen: readonly SeenFact[]
  readonly heard: Words
  readonly stated: Words
}

/** The first thing that keeps it from being proved or attested; undefined where nothing does. */
function missingIn(facts: RequirementFacts, row: Row, sources: RequirementSources): string | undefined {
  const [bad] = row.seen.filter(({ state }) => state === 'unseen' || state === 'broken')
  if (bad?.state === 'broken') return observedOf(bad)
  if (bad) return `nobody saw ${bad.check} of ${bad.resource.id} ${whenOf[bad.seen]}`
  if (row.heard.given < row.heard.needed)
    return facts.shown ? 'not everybody who must has been shown it and approved' : 'not everybody who must has answered'
  if (row.stated.given < row.stated.needed) return unsaid[facts.statement ?? 'none']
  return facts.id === 'R25' ? unescalated(sources) : undefined
}

const observedOf = ({ check, resource, record }: SeenFact): string =>
  `${check} of ${resource.id}: ${record?.observed ?? ''}`

const whenOf: Readonly<Record<SeenFact['seen'], string>> = {
  verification: 'in the look before the hand-off',
  mail: 'as the mail was handed over',
  'before-mail': 'before the first mail',
  wait: 'when Microsoft had answered'
}

const unsaid = {
  none: 'not everybody who must has said so',
  signedInAs: 'nobody said with which account they signed in for each offer',
  chosenOffer: 'nobody said which offer was chosen for each request'
}

/** A breach of Microsoft's days must have been told to every alias, each time that it was due. */
function unescalated({ escalations, tasks }: RequirementSources): string | undefined {
  const isTold = ({ workload, number, takenAt }: Escalation): boolean =>
    takenAt !== undefined || tasks.some(({ task }) => sameTask(task, { kind: 'send-escalation', workload, number }))
  const untold = escalations.find((each) => !isTold(each))
  return (
    untold &&
    `escalation ${String(untold.number)} of the breach to Microsoft’s alias for ${untold.workload} is not known to have gone out`
  )
}

function standingOf(
  facts: RequirementFacts,
  { seen, stated, words }: Pick<Row, 'seen' | 'stated'> & { readonly words: readonly Word[] },
  { plan }: RequirementSources
): Standing {
  if (facts.shown) return 'shown'
  const byPerson = facts.stated === 'mails' && plan.mail === 'person' // the app saw the mail, not its sending
  if (byPerson || !seen.some(({ state }) => state === 'held')) return 'attested'
  const isAttested = stated.said.length > 0 || words.some((word) => ['overrides', 'ledger'].includes(word.in))
  return isAttested || seen.some(({ state }) => state === 'overridden') ? 'proved · attested' : 'proved'
}

/** Resources of which all is held; where nothing is to be seen, those who have spoken. */
function countOf(seen: readonly SeenFact[], words: readonly Words[]): RequirementStatus['count'] {
  const keys = (facts: readonly SeenFact[]) => new Set(facts.map(({ resource: { kind, id } }) => `${kind} ${id}`))
  const all = keys(seen)
  const unheld = keys(seen.filter(({ state }) => state !== 'held'))
  const sum = (of: (each: Words) => number): number => words.reduce((total, each) => total + of(each), 0)
  return {
    of: all.size + sum(({ needed }) => needed),
    seen: all.size - unheld.size + sum(({ given }) => given)
  }
}

function betweenOf(moments: readonly string[]): Pick<RequirementStatus, 'between'> {
  const [first, ...rest] = moments.toSorted()
  return first === undefined ? {} : { between: [first, rest.at(-1) ?? first] }
}

const listOfAll = (texts: readonly string[]): string => [...new Set(texts)].join(', ')
