import type { Entry, Saying } from '../../../src/domain/ledger/entry.ts'

const pointer = { name: 'said', sha256: 'digest' }
export const momentOf = (n: number): string => new Date(Date.parse('2026-11-23T09:00:00Z') + n * 1000).toISOString()

/** A chain that says this, an entry a second. */
export const chainOf = (...said: readonly Saying[]): Entry[] =>
  said.map((each, index) => ({ n: index + 1, moment: momentOf(index + 1), sha256: String(index + 1), said: each }))

export const answer = (id: string, task: string): Saying => ({
  kind: 'answer',
  id,
  task,
  by: { oid: 'o', tid: 't' },
  said: pointer
})

export const verdict = (of: string, word: 'taken' | 'refused' | 'late', nth = ''): Saying => ({
  kind: 'verdict',
  id: `verdict.${of}${nth}`,
  answer: of,
  verdict: word,
  generation: 1
})

export const generation = (number: number): Saying => ({
  kind: 'generation',
  id: `generation.${String(number)}`,
  number,
  instance: '',
  release: '',
  hub: '',
  mark: '',
  why: 'failed'
})

export const closed: Saying = { kind: 'closed', id: 'closed', outcome: 'completed', generation: 1 }

export const chapter = (step: string): Saying => ({
  kind: 'chapter',
  id: `chapter.${step}`,
  step,
  result: pointer,
  heads: {},
  generation: 1
})

export const intent = (id: string): Saying => ({ kind: 'intent', id, activity: id, generation: 1 })

export const outcome = (of: string, word: 'done' | 'refused' | 'held'): Saying => ({
  kind: 'outcome',
  id: `${of}.${word}`,
  intent: of,
  outcome: word,
  generation: 1
})
