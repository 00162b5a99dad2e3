import { Answers } from './cited.ts'
import type { Delivered } from './delivered.ts'
import { agreed, factsOf, type Fact, type Ground } from './facts.ts'
import { needs, type Needs } from './needs.ts'
import { resourcesIn } from './resources.ts'
import { overridesIn, saidFor, unescalated, type Said, type Word } from './words.ts'

/** A row as it must stand, and why not better. */
export interface Row {
  readonly id: string
  readonly status: string
  readonly count: { readonly of: number; readonly seen: number }
  readonly between?: readonly [string, string] | undefined
  /** `task by who at when`. */
  readonly words: readonly string[]
  readonly evidence: readonly string[]
  readonly unread: readonly string[]
  /** What keeps it from being proved. */
  readonly missing: readonly string[]
}

/** Every requirement, from what lies in the stores and what Azure was asked. */
export function rowsOf(delivered: Delivered): Row[] {
  const answers = new Answers(delivered.journal)
  const resources = resourcesIn(delivered)
  return Object.entries(needs).map(([id, need]) => rowOf(id, need, { delivered, answers, resources }))
}

function rowOf(id: string, need: Needs, ground: Ground): Row {
  const { delivered } = ground
  const facts = factsOf(need, ground).map((fact) => agreed(fact, delivered))
  const said = saidFor(id, need, delivered)
  const decided = overridesIn(id, facts, delivered)
  const records = facts.flatMap(({ record }) => record ?? [])
  const missing = [
    ...facts.flatMap(({ state, why = '' }) => (state === 'unseen' || state === 'broken' ? [why] : [])),
    ...said.missing,
    ...(id === 'R25' ? unescalated(delivered) : [])
  ]
  const words = [...said.words, ...decided]
  const moments = (records.length > 0 ? records : words).map(({ at }) => at).toSorted()
  const [first] = moments
  return {
    id,
    status: missing.length > 0 ? 'not proved' : statusOf(id, need, { facts, said, decided, delivered }),
    count: countOf(facts, need.see ? undefined : said),
    between: first === undefined ? undefined : [first, moments.at(-1) ?? first],
    words: words.map(({ task, by, at }) => `${task} by ${by} at ${at}`),
    evidence: [...new Set(records.map((each) => each.id))],
    unread: [...new Set(records.flatMap(({ unread }) => unread ?? []))],
    missing
  }
}

interface Judged {
  readonly facts: readonly Fact[]
  readonly said: Said
  readonly decided: readonly Word[]
  readonly delivered: Delivered
}

function statusOf(id: string, need: Needs, { facts, said, decided, delivered }: Judged): string {
  if (need.shown) return 'shown'
  const isHeld = facts.some(({ state }) => state === 'held')
  if (!isHeld || (need.said === 'mails' && delivered.plan.mail === 'person')) return 'attested'
  const isStated = need.said !== undefined && said.words.length > 0
  const isSaid = isStated || decided.length > 0 || (id === 'R25' && said.words.length > 0)
  return isSaid || facts.some(({ state }) => state === 'overridden') ? 'proved · attested' : 'proved'
}

/** Resources of which all holds; where nothing is to be seen, people who have spoken. */
function countOf(facts: readonly Fact[], said: Said | undefined): Row['count'] {
  if (said) return { of: said.of, seen: said.given }
  const all = new Set(facts.map(({ resource: { about, id } }) => `${about} ${id}`))
  const bad = new Set(
    facts.filter(({ state }) => state !== 'held').map(({ resource: { about, id } }) => `${about} ${id}`)
  )
  return { of: all.size, seen: all.size - bad.size }
}
