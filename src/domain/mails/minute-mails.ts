import { chainParts, type BranchKey } from '../ledger/chains.ts'
import { entriesOfKind, type Entry } from '../ledger/entry.ts'
import type { Person } from '../people/person.ts'

/** What somebody said, as the ledger tells it. Moments are ISO 8601 UTC. */
interface SaidAnswer {
  readonly id: string
  /** By name. */
  readonly task: string
  readonly person: Person
  readonly at: string
  /** UPN; absent where it was erased. */
  readonly by?: string
  readonly verdict?: { readonly verdict: Judgement; readonly why?: string; readonly at: string }
}

type Judgement = 'taken' | 'refused' | 'late'

/** One answer, as its giver is told of it. */
export interface ConfirmedAnswer {
  /** Of its entry. */
  readonly id: string
  readonly task: string
  readonly at: string
  /** Absent: not judged when the minute was over. */
  readonly verdict?: Judgement
  readonly why?: string
}

/** What one person is told of one minute. */
export interface Confirmation {
  readonly giver: { readonly upn: string; readonly oid: string }
  readonly said: readonly [ConfirmedAnswer, ...ConfirmedAnswer[]]
}

/** A new instance that went on in the place of a dead one; without a branch the onboarding's own. `why`: a code. */
export interface Takeover {
  readonly at: string
  readonly why: string
  readonly branch?: BranchKey
}

/** The minute of a moment, e.g. `2026-11-30T07:12`. */
export const minuteOf = (moment: string): string => moment.slice(0, 16)

/** When a minute is read: over, for every clock there is. ISO 8601 UTC. */
export const readAfter = (minute: string): string => secondsAfter(minute, 30)

/** Verdicts until then are told with the answers: in most minutes that is all of them. */
const judgedUntil = (minute: string): string => secondsAfter(minute, 10)

const secondsAfter = (minute: string, seconds: number): string =>
  new Date(Date.parse(`${minute}Z`) + 60_000 + seconds * 1000).toISOString()

/**
 * What each giver is told of a minute: all they said in it, with its verdict where there was one by then. Asked
 * later, it is the same.
 */
export function confirmationsIn(said: readonly SaidAnswer[], minute: string): Confirmation[] {
  const told = said.filter(({ at }) => minuteOf(at) === minute)
  const givers = [...new Set(told.map(({ person }) => person.oid))]
  return givers.flatMap((oid) => {
    const theirs = told.filter(({ person }) => person.oid === oid)
    const giver = theirs.flatMap(giverOf).at(-1)
    const [first, ...others] = theirs.map((each) => confirmed(each, judgedUntil(minute)))
    return giver && first ? [{ giver, said: [first, ...others] }] : []
  })
}

/** Of what was said in a minute, one for each: what was found later to be refused or late. */
export const verdictsAfter = (said: readonly SaidAnswer[], minute: string): Confirmation[] =>
  said
    .filter(({ at, verdict }) => minuteOf(at) === minute && verdict !== undefined && isLaterNo(verdict, minute))
    .flatMap((each) => giverOf(each).map((giver) => ({ giver, said: [confirmed(each)] as const })))

const isLaterNo = ({ verdict, at }: { readonly verdict: Judgement; readonly at: string }, minute: string): boolean =>
  verdict !== 'taken' && at > judgedUntil(minute)

/** Whether something that was said in a minute has no verdict yet. */
export const isOpenIn = (said: readonly SaidAnswer[], minute: string): boolean =>
  said.some(({ at, verdict }) => minuteOf(at) === minute && verdict === undefined)

const giverOf = ({ person, by }: SaidAnswer): Confirmation['giver'][] =>
  by === undefined ? [] : [{ upn: by, oid: person.oid }]

/** `until`: later verdicts are not told. */
function confirmed({ id, task, at, verdict }: SaidAnswer, until?: string): ConfirmedAnswer {
  const known = verdict && (until === undefined || verdict.at <= until) ? verdict : undefined
  return {
    id,
    task,
    at,
    ...(known && { verdict: known.verdict }),
    ...(known?.why !== undefined && { why: known.why })
  }
}

/** Which instances were taken over in a minute, of these chains by their names. */
export const takeoversIn = (chains: Readonly<Record<string, readonly Entry[]>>, minute: string): Takeover[] =>
  Object.entries(chains)
    .flatMap(([chain, entries]) => entriesOfKind(entries, 'generation').map((entry) => ({ chain, ...entry })))
    .filter(({ moment, said }) => said.number > 1 && minuteOf(moment) === minute)
    .map(({ chain, moment, said }) => {
      const branch = chainParts(chain)?.branch
      return { at: moment, why: said.why, ...(branch && { branch }) }
    })
