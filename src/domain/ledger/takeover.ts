import { taskName, taskNamed } from '../tasks/task.ts'
import { entriesOfKind, type Entry } from './entry.ts'
import { stopFinding, type StopCode, type TakeoverCode } from './takeover-texts.ts'

/** What the engine says of the newest instance of a chain. Moments are ISO 8601 UTC. */
export interface Sighting {
  /** `unreadable`: it is there, and what is said of it is not what this version knows. */
  readonly state: 'absent' | 'live' | 'completed' | 'failed' | 'terminated' | 'unreadable'
  /** When its last turn was written down; absent where nothing is known of it. */
  readonly updatedAt?: string
  /** When it has announced to look next. */
  readonly nextLook?: string
}

/** A task hub, as far as this app can tell it from others: its name, and a marker that was made in it once. */
export interface Hub {
  readonly name: string
  readonly mark: string
  /** When the marker was made: a hub that was lost has a younger one. */
  readonly markedAt: string
}

export interface Watched {
  /** Of the chain. */
  readonly entries: readonly Entry[]
  /** Of the onboarding's chain, where this is a branch's: there people are heard who speak of the whole. */
  readonly parent?: readonly Entry[]
  readonly seen: Sighting
  /** Since when every look has seen the same, without a turn between. */
  readonly seenSince: string
  readonly hub: Hub
  /** Of the app that looks. */
  readonly release: string
  readonly now: string
}

/** `start`: it was never there. `wait`: not sure yet, the next look decides. `stopped`: only a person's word goes on. */
export type Decision =
  | { readonly do: 'alive' | 'wait' | 'start' }
  | { readonly do: 'take-over'; readonly why: TakeoverCode }
  | { readonly do: 'stopped'; readonly why: StopCode }

const minute = 60_000
const hour = 60 * minute
/** Whoever has announced an instance starts it within seconds; so long nobody else does. */
const graceOfStartMs = minute
/** Between the two looks at a hub without its mark. */
const graceOfHubMs = minute / 2
/** How far behind its own announced look an instance may be. An app that was down is so, too: it has some minutes to catch up. */
const latenessMs = hour
const graceOfLateMs = 5 * minute

/** What is to be done about the newest instance of a chain. Sources: what the real engine was seen to do, docs/decisions. */
export function decide(watched: Watched): Decision {
  const { entries } = watched
  if (entriesOfKind(entries, 'closed').length > 0) return { do: 'alive' }
  const newest = entriesOfKind(entries, 'generation').at(-1)
  if (newest === undefined) return young(entries.at(-1), watched) ? { do: 'wait' } : { do: 'start' }
  return heeded(watched, newest, bounded(watched, newest, ofItself(watched, newest)))
}

type Generation = Entry<'generation'>

/** By what is seen alone. */
function ofItself({ entries, seen, seenSince, hub, now }: Watched, newest: Generation): Decision {
  if (seen.state === 'live') return late(seen, now) ? due(seenSince, now, graceOfLateMs, 'overdue') : { do: 'alive' }
  if (newest.said.hub !== hub.name) return { do: 'stopped', why: 'other-hub' }
  switch (seen.state) {
    case 'failed':
      return { do: 'take-over', why: 'failed' }
    case 'completed':
      return { do: 'take-over', why: 'ended-open' }
    case 'terminated':
    case 'unreadable':
      return { do: 'stopped', why: seen.state }
    case 'absent':
  }
  if (newest.said.mark !== hub.mark) return elsewhere(newest, hub, now)
  const begun = entriesOfKind(entries, 'begun').some(({ said }) => said.generation === newest.said.number)
  if (begun) return { do: 'stopped', why: 'purged' }
  return young(newest, { now }) ? { do: 'wait' } : { do: 'start' }
}

/** A hub that was there before the instance was announced has not taken the place of the instance's own: that is another one. */
const elsewhere = ({ moment }: Generation, { markedAt }: Hub, now: string): Decision =>
  markedAt < moment ? { do: 'stopped', why: 'other-hub' } : due(markedAt, now, graceOfHubMs, 'hub-lost')

/** An instance that takes turns is not dead, whatever it announced before. */
function late({ updatedAt = '', nextLook = '' }: Sighting, now: string): boolean {
  const announced = [updatedAt, nextLook].map(Date.parse).filter((at) => !Number.isNaN(at))
  return announced.length > 0 && Date.parse(now) - Math.max(...announced) > latenessMs
}

const due = (since: string, now: string, grace: number, why: TakeoverCode): Decision =>
  Date.parse(now) - Date.parse(since) >= grace ? { do: 'take-over', why } : { do: 'wait' }

const young = (entry: Entry | undefined, { now }: Pick<Watched, 'now'>): boolean =>
  entry !== undefined && Date.parse(now) - Date.parse(entry.moment) < graceOfStartMs

/** Who goes on must know all that was written, and must not go on for ever. */
function bounded({ entries, release, now }: Watched, newest: Generation, decision: Decision): Decision {
  if (decision.do !== 'start' && decision.do !== 'take-over') return decision
  if (isNewer(newest.said.release, release)) return { do: 'stopped', why: 'newer-release' }
  return decision.do === 'take-over' && tooOften(entries, now) ? { do: 'stopped', why: 'too-often' } : decision
}

/** Releases are numbers with dots between: `0.10.0` is newer than `0.9.1`. */
export function isNewer(one: string, other: string): boolean {
  const [left, right] = [one, other].map((release) => release.split('.').map(Number))
  const at = [0, 1, 2].find((place) => left?.[place] !== right?.[place])
  return at !== undefined && (left?.[at] ?? 0) > (right?.[at] ?? 0)
}

const mostInAnHour = 3
const mostInADay = 6

function tooOften(entries: readonly Entry[], now: string): boolean {
  const deaths = apart(
    entriesOfKind(entries, 'generation')
      .filter(({ said }) => said.number > 1)
      .map(({ moment }) => Date.parse(moment))
  )
  const within = (span: number) => deaths.filter((at) => Date.parse(now) - at < span).length
  return within(hour) >= mostInAnHour || within(24 * hour) >= mostInADay
}

/** What dies within a minute died of the same. */
const apart = (moments: readonly number[]): number[] =>
  moments.reduce<number[]>((firsts, at) => (at - (firsts.at(-1) ?? -minute) < minute ? firsts : [...firsts, at]), [])

/** A person's word goes on with what stopped; an instance that does not hear it within a minute is taken over, too. */
function heeded(watched: Watched, newest: Generation, decision: Decision): Decision {
  if (decision.do === 'stopped') {
    const word = wordFor(decision.why, watched, newest)
    return word === undefined ? decision : { do: 'take-over', why: word.why }
  }
  return decision.do === 'alive' && unheard(watched, newest).length > 0 ? { do: 'take-over', why: 'asked' } : decision
}

/** Said to an instance that lives, and not heard for a minute. */
const unheard = ({ entries, now }: Watched, newest: Generation): Answered[] =>
  answersTo(entries, (task) => task === takeOver).filter(
    ({ n, moment, verdict }) => n > newest.n && verdict === undefined && Date.parse(now) - Date.parse(moment) >= minute
  )

/** What a person said, on which a new instance would go on. */
export interface Word {
  /** Of the answer. */
  readonly id: string
  /** Said to the whole onboarding, of one of its branches. */
  readonly inParent: boolean
  readonly isJudged: boolean
}

/**
 * The words behind a takeover that somebody asked for: whose they are is to be looked up before anything is begun on them.
 * Undefined where it is due by itself.
 */
export function wordsBehind(watched: Watched): readonly Word[] | undefined {
  const newest = entriesOfKind(watched.entries, 'generation').at(-1)
  if (newest === undefined) return undefined
  const decision = bounded(watched, newest, ofItself(watched, newest))
  if (decision.do !== 'stopped' && decision.do !== 'alive') return undefined
  const said = decision.do === 'stopped' ? wordFor(decision.why, watched, newest)?.said : unheard(watched, newest)
  return said?.map(({ id, verdict }) => ({
    id,
    inParent: !watched.entries.some((each) => each.said.id === id),
    isJudged: verdict !== undefined
  }))
}

const takeOver = taskName({ kind: 'take-over' })

function wordFor(
  stop: StopCode,
  { entries, parent, seen }: Watched,
  newest: Generation
): { readonly why: 'asked' | 'asked-to-end'; readonly said: readonly Answered[] } | undefined {
  const goesOn = (task: string) => task === takeOver || isRetryOf(task, stop)
  const ends = (task: string) => task === taskName({ kind: 'cancel' })
  const latest = Math.max(...[newest.moment, seen.updatedAt ?? newest.moment].map(Date.parse))
  const inOwn = ({ n }: Answered) => n > newest.n
  const inParent = ({ moment }: Answered) => Date.parse(moment) >= latest
  const stands = ({ verdict }: Answered) => verdict === undefined || verdict === 'taken'
  // An end is wanted whenever it was said; but what dies again and again does so once for each word.
  const counts = (isAfter: (one: Answered) => boolean) => (one: Answered) =>
    stands(one) && (stop !== 'too-often' || isAfter(one))
  const all = parent ?? []
  const ended = [...answersTo(entries, ends).filter(counts(inOwn)), ...answersTo(all, ends).filter(counts(inParent))]
  if (ended.length > 0) return { why: 'asked-to-end', said: ended }
  const asked = [
    ...answersTo(entries, goesOn).filter((one) => inOwn(one) && one.verdict === undefined),
    ...answersTo(all, goesOn).filter((one) => inParent(one) && one.verdict !== 'refused') // the parent lives, and may call it late
  ]
  return asked.length > 0 ? { why: 'asked', said: asked } : undefined
}

function isRetryOf(name: string, stop: StopCode): boolean {
  const task = taskNamed(name)
  return task?.kind === 'retry' && task.code === stopFinding(stop)
}

interface Answered {
  readonly id: string
  readonly n: number
  readonly moment: string
  readonly verdict: 'taken' | 'refused' | 'late' | undefined
}

function answersTo(entries: readonly Entry[], fits: (task: string) => boolean): Answered[] {
  const verdicts = new Map(entriesOfKind(entries, 'verdict').map(({ said }) => [said.answer, said.verdict]))
  return entriesOfKind(entries, 'answer')
    .filter(({ said }) => fits(said.task))
    .map(({ n, moment, said }) => ({ id: said.id, n, moment, verdict: verdicts.get(said.id) }))
}
