import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { heardAnswer } from '../../../src/domain/ledger/heard-answer.ts'
import { entriesOfKind, type Entry, type Saying } from '../../../src/domain/ledger/entry.ts'
import { judgementsIn } from '../../../src/domain/ledger/judgements.ts'
import { standingIn } from '../../../src/domain/ledger/standing.ts'
import { toldIn, type ToldParts } from '../../../src/domain/ledger/told.ts'
import { evolve } from '../../../src/domain/state/evolve.ts'
import type { Fact } from '../../../src/domain/state/fact.ts'
import { beginning, type State } from '../../../src/domain/state/state.ts'
import { taskName } from '../../../src/domain/tasks/task.ts'
import { answer, chainOf, chapter, generation, momentOf, verdict } from './chain-of.ts'

const bodies: Readonly<Record<string, unknown>> = {
  acknowledge: { at: '2026-11-03T10:00:00Z' },
  'attest-offline-1': { location: 'safe' },
  'override-x': { reason: 'Microsoft confirmed it' },
  halt: { reason: 'Something looks wrong' },
  cancel: { reason: 'We start again with others' }
}

const words = ({ said }: Entry<'answer'>) => ({ by: 'alice@contoso.com', answer: bodies[said.task] ?? {} })

function toldOf(said: readonly Saying[], more: Partial<ToldParts> = {}) {
  const entries = chainOf(...said)
  const judgements = judgementsIn(entries)
  const answers = entriesOfKind(entries, 'answer')
    .filter(({ said: { id } }) => judgements.get(id)?.verdict === 'taken')
    .map((entry) => heardAnswer(entry, words(entry)))
    .flatMap((heard) => ('unheard' in heard ? [] : [{ ...heard, of: 'no licence' }]))
  const parts = { entries, chapters: [], amendments: [], answers, standing: standingIn(entries) }
  return toldIn({ ...parts, requirementOf: () => 'R3', ...more })
}

const carriedOf = (...said: readonly Saying[]) => toldOf(said).carried.map(({ id }) => id)

describe('what a new generation carries on', () => {
  test('is what was taken since the last chapter ended, by its verdict', () => {
    const said = [
      answer('a', 'acknowledge'),
      verdict('a', 'taken'),
      answer('b', 'attest-offline-1'),
      answer('r', 'attest-offline-1'),
      verdict('r', 'refused'),
      chapter('offers'),
      verdict('b', 'taken')
    ]
    expect(carriedOf(...said)).toEqual(['b'])
  })

  test('is no way on from a finding of a generation that is gone, and nothing that facts tell', () => {
    for (const task of ['retry-x', 'mend-x', 'override-x', 'take-over'])
      expect([task, carriedOf(answer('a', task), verdict('a', 'taken'))]).toEqual([task, []])
  })

  test('is the end or halt that stands with every word to go on since, over the end of a chapter', () => {
    const taken = (id: string, task: string) => [answer(id, task), verdict(id, 'taken')]
    const halted = [...taken('g0', 'go-on-slot-1'), ...taken('h', 'halt'), ...taken('g', 'go-on-slot-1')]
    expect(carriedOf(...halted, chapter('offers'))).toEqual(['h', 'g'])
    expect(carriedOf(...halted, ...taken('f', 'go-on-slot-2'))).toEqual([])
    expect(carriedOf(...taken('c', 'cancel'))).toEqual(['c'])
    expect(carriedOf(answer('c', 'cancel'))).toEqual([])
  })
})

describe('what the state of a new generation is made of', () => {
  const said = { by: 'alice@contoso.com', reason: 'Microsoft confirmed it' }
  const override = { code: 'x', observed: 'no licence', requirement: 'R3', ...said } as const

  test('is what its chapters told, with what people said and who acts besides, each once', () => {
    const said = [answer('o', 'override-x'), verdict('o', 'taken'), chapter('preflight'), generation(2)]
    const answered: Fact = {
      fact: 'answered',
      answers: [{ task: { kind: 'override', code: 'x' }, by: 'alice@contoso.com', at: momentOf(1) }]
    }
    const overridden: Fact = { fact: 'overridden', overrides: [{ ...override, at: momentOf(1) }] }
    const told: Fact = { fact: 'waiting', on: 'people' }
    const takenOver: Fact = { fact: 'taken-over', at: momentOf(4), why: 'failed' }
    const of = (...facts: Fact[]) => toldOf(said, { chapters: [{ step: 'preflight', result: 1, facts }] })
    expect(of(told).facts).toEqual([told, answered, overridden, takenOver])
    expect(of(answered, told, overridden).facts).toEqual([answered, told, overridden, takenOver])
    expect(of().chapters).toEqual({ preflight: 1 })
    expect(of().takenOver).toEqual({ at: momentOf(4), why: 'failed' })
  })

  test('is without overrides of which nobody knows any more what they were said of: they cover nothing that comes', () => {
    const said = [answer('o', 'override-x'), verdict('o', 'taken')]
    const answers = entriesOfKind(chainOf(...said), 'answer').map((entry) => heardAnswer(entry, words(entry)))
    const forgotten = answers.flatMap((heard) => ('unheard' in heard ? [] : [heard]))
    expect(toldOf(said, { answers: forgotten }).facts.map(({ fact }) => fact)).toEqual(['answered'])
  })

  test('is without overrides whose check is none of today', () => {
    const { facts } = toldOf([answer('o', 'override-x'), verdict('o', 'taken')], { requirementOf: () => undefined })
    expect(facts.map(({ fact }) => fact)).toEqual(['answered'])
  })

  test('evolves, whatever was said: every taken answer is in it once', () => {
    const tasks = fc.constantFrom('acknowledge', 'attest-offline-1', 'override-x', 'retry-x', 'halt')
    const all = fc.array(fc.record({ task: tasks, isTaken: fc.boolean() }), { maxLength: 10 })
    fc.assert(
      fc.property(all, fc.nat({ max: 10 }), (said, endsAfter) => {
        const sayings = said.flatMap(({ task, isTaken }, index) => [
          answer(String(index), task),
          verdict(String(index), isTaken ? 'taken' : 'refused'),
          ...(index === endsAfter ? [chapter('preflight')] : [])
        ])
        const state = toldOf(sayings).facts.reduce<State>(evolve, beginning())
        const taken = said.filter(({ isTaken }) => isTaken).map(({ task }) => task)
        expect(state.answers.map(({ task }) => taskName(task))).toEqual(taken)
        expect(state.overrides).toHaveLength(taken.filter((task) => task === 'override-x').length)
      })
    )
  })
})
