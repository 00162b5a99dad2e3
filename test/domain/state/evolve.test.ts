import { expect, test } from 'vitest'
import { chapterAfter, chapterIndex, chapters, mayFollow, type StepName } from '../../../src/domain/state/chapters.ts'
import { evolve, ImpossibleTransition, nextSerial } from '../../../src/domain/state/evolve.ts'
import type { Fact } from '../../../src/domain/state/fact.ts'
import type { Override } from '../../../src/domain/terms/evidence.ts'
import { beginning, type State } from '../../../src/domain/state/state.ts'

const at = '2026-11-23T17:00:00.000Z'
const after = (state: State, ...facts: readonly Fact[]): State => facts.reduce<State>(evolve, state)
const begun = (step: StepName): Fact => ({ fact: 'chapter-begun', step, waitingOn: 'azure' })
const halt = { task: { kind: 'halt' }, by: 'alice@contoso.com', at } as const
const asked = (slot: 1 | 2): Fact => ({
  fact: 'asked',
  question: { task: { kind: 'approve', slot }, for: 'alice@contoso.com, bob@contoso.com', asks: 'Approve it.' },
  at
})

const steps: readonly StepName[] = [...chapters.map(({ step }) => step), 'done']
const ways = steps.flatMap((from) => steps.map((to) => [from, to] as const))

test.each(ways)('a story in %s goes to %s only where the table lets it', (from, to) => {
  const allowed = to !== 'done' && (from === to || steps.indexOf(to) === steps.indexOf(from) + 1)
  expect(mayFollow(from, to)).toBe(allowed || (from === 'hand-off' && to === 'done'))
  const go = (): State => evolve(beginning(from), begun(to))
  if (mayFollow(from, to)) expect(go().step).toBe(to)
  else expect(go).toThrow(ImpossibleTransition)
})

test('the whole story goes through every chapter once and ends behind the last', () => {
  const told = chapters.map(({ step }) => begun(step))
  const handOff = { name: 'contoso-1/hand-off.json', sha256: '0'.repeat(64) }
  const end = after(beginning(), ...told, { fact: 'ended', outcome: 'completed', handOff })
  expect(end).toMatchObject({ step: 'done', waitingOn: 'nobody', outcome: 'completed', handOff, tasks: [] })
})

test('a cancellation ends a chapter where it stands, and leaves nothing to be answered', () => {
  const end = after(beginning('offers'), asked(1), { fact: 'ended', outcome: 'cancelled' })
  expect(end).toMatchObject({ step: 'offers', outcome: 'cancelled', waitingOn: 'nobody', tasks: [], findings: [] })
})

test('nothing is told after the end', () => {
  const end = after(beginning(), { fact: 'ended', outcome: 'cancelled' })
  expect(() => evolve(end, begun('offers'))).toThrow('Nothing follows the end (cancelled): chapter-begun.')
})

test('each asking of a task has a serial of its own, so that a late answer reaches nobody', () => {
  const state = after(
    beginning(),
    asked(1),
    { fact: 'closed', tasks: [{ kind: 'approve', slot: 1 }] },
    asked(1),
    asked(2)
  )
  expect(state.tasks.map(({ task, serial }) => [task, serial])).toEqual([
    [{ kind: 'approve', slot: 1 }, 2],
    [{ kind: 'approve', slot: 2 }, 1]
  ])
  expect(nextSerial(state, 'approve-slot-1')).toBe(3)
})

test('whoever takes over is asked by name from then on', () => {
  const replacement = { id: 'answer-1', slot: 1, leaves: 'alice@contoso.com', joins: 'anna@contoso.com', at } as const
  const state = after(beginning(), asked(1), { fact: 'replaced', replacement })
  expect(state.tasks[0]?.for).toBe('anna@contoso.com, bob@contoso.com')
  expect(state.replaced).toEqual([replacement])
})

test('a refusal stands until the next answer is judged', () => {
  const task = { kind: 'replace-operator', slot: 1 } as const
  const refused = after(beginning(), { fact: 'judged', task, refusal: 'Nobody of that name.' })
  expect(refused.refusals).toEqual({ 'replace-operator-1': 'Nobody of that name.' })
  expect(after(refused, { fact: 'judged', task, refusal: undefined }).refusals).toEqual({})
})

test('what is closed is asked no more, and the rest stays', () => {
  const state = after(beginning(), asked(1), asked(2), { fact: 'closed', tasks: [{ kind: 'approve', slot: 1 }] })
  expect(state.tasks.map(({ task }) => task)).toEqual([{ kind: 'approve', slot: 2 }])
  const both: Fact = { fact: 'closed', tasks: [{ kind: 'approve', slot: 1 }, { kind: 'halt' }] }
  expect(after(beginning(), asked(1), asked(2), both).tasks.map(({ task }) => task)).toEqual([
    { kind: 'approve', slot: 2 }
  ])
})

test('a word to go on that is told again takes the place of the same word, and of no other', () => {
  const said: Override = {
    code: 'licence-tenant',
    observed: 'nothing',
    requirement: 'R3',
    by: 'alice',
    reason: 'It is bought',
    at
  }
  const others = [
    { ...said, code: 'offer-type-slot-1' },
    { ...said, by: 'bob' },
    { ...said, at: '2026-11-24T17:00:00.000Z' }
  ]
  const again = { ...said, reason: 'It is bought, see the invoice' }
  const overridden = (...overrides: readonly Override[]): Fact => ({
    fact: 'overridden',
    overrides
  })
  expect(after(beginning(), overridden(said, ...others), overridden(again)).overrides).toEqual([...others, again])
  expect(after(beginning(), overridden(said), overridden(...others, again)).overrides).toEqual([...others, again])
})

test('of what is proposed what is over goes, and the plan is unread until each who took over confirms it', () => {
  const change = { slot: 1, leaves: 'alice@contoso.com', joins: 'anna@contoso.com', at } as const
  const state = after(
    beginning(),
    { fact: 'proposed', proposal: { id: 'a', ...change } },
    { fact: 'proposed', proposal: { id: 'b', ...change } },
    { fact: 'proposal-over', proposal: 'a' },
    ...['a', 'b', 'c'].map(
      (id): Fact => ({
        fact: 'replaced',
        replacement: { id, ...change, ...(id !== 'c' && { unread: true as const }) }
      })
    ),
    { fact: 'plan-confirmed', replacement: 'b' }
  )
  expect(state.proposals.map(({ id }) => id)).toEqual(['b'])
  expect(state.replaced).toEqual([
    { id: 'a', ...change, unread: true },
    { id: 'b', ...change },
    { id: 'c', ...change }
  ])
})

test('what was waited for, halted or due is told, and over when that is told', () => {
  const registration = { states: ['Pending', 'Registering'], mailedAt: at, dueAt: at } as const
  const told = after(
    beginning(),
    { fact: 'waiting', on: 'microsoft' },
    { fact: 'halted', by: halt },
    { fact: 'looks-next', at, idle: true },
    { fact: 'registration-seen', registration, due: at },
    { fact: 'taken-over', at, why: 'failed' },
    { fact: 'taken-over', at, why: 'gone' }
  )
  expect(told).toMatchObject({
    waitingOn: 'microsoft',
    halted: halt,
    nextLook: at,
    idle: true,
    due: at,
    registration
  })
  expect(told.takeovers).toEqual([
    { at, why: 'failed' },
    { at, why: 'gone' }
  ])
  const over = after(told, { fact: 'went-on' }, { fact: 'due-over' }, { fact: 'looks-next', at })
  expect([over.halted, over.due, over.idle]).toEqual([undefined, undefined, false])
})

test('only the last chapter completes; a branch ends where it stands', () => {
  const end = (step: StepName, outcome: 'completed' | 'cancelled') =>
    after(beginning(step), { fact: 'ended', outcome }).step
  expect([end('hand-off', 'completed'), end('hand-off', 'cancelled'), end('verification', 'completed')]).toEqual([
    'done',
    'hand-off',
    'verification'
  ])
})

test('each chapter has its place and the next one, and behind the last there is none', () => {
  for (const [index, { step, then }] of chapters.entries())
    expect([chapterIndex(step), chapterAfter(step)]).toEqual([index, then])
  expect([chapterIndex('done'), chapterAfter('done')]).toEqual([chapters.length, 'done'])
})

test('evolving changes no state that was there before', () => {
  const before = Object.freeze(beginning())
  expect(() => after(before, asked(1), begun('offers'), { fact: 'found', findings: [], at })).not.toThrow()
  expect(before).toEqual(beginning())
})
