import { chainParts, type BranchKey } from '../ledger/chains.ts'
import { entriesOfKind, type Entry, type Person } from '../ledger/entry.ts'

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
export const readAfter = (minute: string): string =>
  new Date(Date.parse(`${minute}Z`) + minuteMs + graceMs).toISOString()

const minuteMs = 60_000
/** More than clocks of Azure differ. */
const graceMs = 15_000

/** Minutes in which something may have happened that is known at this moment: a store's clock is not the engine's. */
export const minutesAround = (moment: string): string[] => [
  ...new Set([graceMs, 0].map((ms) => minuteOf(new Date(Date.parse(moment) - ms).toISOString())))
]

/**
 * What each giver is told of a minute: what they said in it, with its verdict where there was one before the minute was over;
 * and which of their earlier answers were found in it to be refused or late. Asked later, it is the same.
 */
export function confirmationsIn(said: readonly SaidAnswer[], minute: string): Confirmation[] {
  const told = said.filter((each) => isToldIn(each, minute))
  const givers = [...new Set(told.map(({ person }) => person.oid))]
  return givers.flatMap((oid) => {
    const theirs = told.filter(({ person }) => person.oid === oid)
    const upn = theirs.findLast(({ by }) => by !== undefined)?.by
    const [first, ...others] = theirs.map((each) => confirmed(each, minute))
    return upn === undefined || first === undefined ? [] : [{ giver: { upn, oid }, said: [first, ...others] }]
  })
}

function isToldIn({ at, verdict }: SaidAnswer, minute: string): boolean {
  const isNews = verdict !== undefined && verdict.verdict !== 'taken' && minuteOf(verdict.at) === minute
  return minuteOf(at) === minute || isNews
}

function confirmed({ id, task, at, verdict }: SaidAnswer, minute: string): ConfirmedAnswer {
  const known = verdict !== undefined && minuteOf(verdict.at) <= minute ? verdict : undefined
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
