import { describe, expect, test } from 'vitest'
import type { Entry, Saying } from '../../../src/domain/ledger/entry.ts'
import { decide, isNewer, type Watched } from '../../../src/domain/ledger/takeover.ts'
import { stopFinding, stops, takeovers, takeoverText } from '../../../src/domain/ledger/takeover-texts.ts'
import { taskNamed } from '../../../src/domain/tasks/task.ts'

const start = Date.parse('2026-11-23T09:00:00Z')
const at = (minutes: number): string => new Date(start + minutes * 60_000).toISOString()

const person = { oid: 'oid', tid: 'tid' }
const said = { name: 'said', sha256: 'digest' }

type Told = [minutes: number, saying: Saying]
const chain = (...told: Told[]): Entry[] =>
  told.map(([minutes, saying], index) => ({ n: index + 1, moment: at(minutes), sha256: 'digest', said: saying }))

const opened: Told = [0, { kind: 'opened', id: 'opened', plan: said, by: person }]
const generation = (
  minutes: number,
  number: number,
  changed: Partial<{ hub: string; mark: string; release: string }> = {}
): Told => [
  minutes,
  {
    kind: 'generation',
    id: `generation.${String(number)}`,
    number,
    instance: 'onboarding.contoso-1',
    release: '1.2.0',
    hub: 'CustomerKey',
    mark: 'first',
    why: 'failed',
    ...changed
  }
]
const begun = (minutes: number, number: number): Told => [
  minutes,
  { kind: 'begun', id: `begun.${String(number)}`, generation: number }
]
const answer = (minutes: number, task: string, id = task): Told => [
  minutes,
  { kind: 'answer', id, task, by: person, said }
]
const verdict = (minutes: number, of: string, verdict: 'taken' | 'refused' | 'late'): Told => [
  minutes,
  { kind: 'verdict', id: `verdict.${of}`, answer: of, verdict, generation: 1 }
]

const running = [opened, generation(0, 1), begun(0, 1)]
const hub = { name: 'CustomerKey', mark: 'first', markedAt: at(-1000) }

const watched = (
  minutes: number,
  told: readonly Told[],
  seen: Watched['seen'],
  others: Partial<Watched> = {}
): Watched => ({
  entries: chain(...told),
  seen,
  seenSince: at(minutes),
  hub,
  release: '1.2.0',
  now: at(minutes),
  ...others
})

describe('an instance that lives', () => {
  test('is let be while it keeps to what it announced, or takes turns', () => {
    expect(decide(watched(30, running, { state: 'live', updatedAt: at(0), nextLook: at(60) }))).toEqual({ do: 'alive' })
    expect(decide(watched(200, running, { state: 'live', updatedAt: at(190), nextLook: at(60) }))).toEqual({
      do: 'alive'
    })
    expect(decide(watched(120, running, { state: 'live', updatedAt: at(0), nextLook: at(60) }))).toEqual({
      do: 'alive'
    })
    expect(decide(watched(30, running, { state: 'live' }))).toEqual({ do: 'alive' })
  })

  test('is taken over when it is an hour behind, and still is some minutes later', () => {
    const seen = { state: 'live', updatedAt: at(0), nextLook: at(60) } as const
    expect(decide(watched(121, running, seen))).toEqual({ do: 'wait' })
    expect(decide(watched(126, running, seen, { seenSince: at(121) }))).toEqual({ do: 'take-over', why: 'overdue' })
  })

  test('is taken over when it has not heard for a minute that somebody asks for it', () => {
    const asked = [...running, answer(30, 'take-over')]
    const seen = { state: 'live', updatedAt: at(10), nextLook: at(60) } as const
    expect(decide(watched(30.5, asked, seen))).toEqual({ do: 'alive' })
    expect(decide(watched(31, asked, seen))).toEqual({ do: 'take-over', why: 'asked' })
    expect(decide(watched(31, [...asked, verdict(30, 'take-over', 'late')], seen))).toEqual({ do: 'alive' })
  })

  test('is let be where the onboarding is closed, whatever is seen', () => {
    const closed: Told = [5, { kind: 'closed', id: 'closed', outcome: 'completed', generation: 1 }]
    for (const state of ['absent', 'failed', 'completed', 'terminated', 'unreadable'] as const)
      expect(decide(watched(9, [...running, closed], { state }))).toEqual({ do: 'alive' })
  })
})

describe('an instance that never was', () => {
  test('is started when its announcement is a minute old', () => {
    expect(decide(watched(0.5, [opened], { state: 'absent' }))).toEqual({ do: 'wait' })
    expect(decide(watched(1, [opened], { state: 'absent' }))).toEqual({ do: 'start' })
    expect(decide(watched(0.5, [opened, generation(0, 1)], { state: 'absent' }))).toEqual({ do: 'wait' })
    expect(decide(watched(1, [opened, generation(0, 1)], { state: 'absent' }))).toEqual({ do: 'start' })
    expect(decide(watched(1, [], { state: 'absent' }))).toEqual({ do: 'start' })
  })

  test('is started though the generation before it had begun', () => {
    expect(decide(watched(9, [...running, generation(5, 2)], { state: 'absent' }))).toEqual({ do: 'start' })
  })

  test('is not started here when it was announced for another hub', () => {
    const there = [opened, generation(0, 1, { hub: 'Blue' })]
    expect(decide(watched(9, there, { state: 'absent' }))).toEqual({ do: 'stopped', why: 'other-hub' })
  })

  test('gets a number of its own when the hub for which it was announced is lost', () => {
    const lost = { ...hub, mark: 'second', markedAt: at(5) }
    const there = [opened, generation(0, 1)]
    expect(decide(watched(6, there, { state: 'absent' }, { hub: lost }))).toEqual({ do: 'take-over', why: 'hub-lost' })
  })
})

describe('an instance that is dead', () => {
  test('is taken over when it failed, or ended and left the onboarding open', () => {
    expect(decide(watched(9, running, { state: 'failed' }))).toEqual({ do: 'take-over', why: 'failed' })
    expect(decide(watched(9, running, { state: 'completed' }))).toEqual({ do: 'take-over', why: 'ended-open' })
  })

  test('is taken over when the hub was lost, which two looks tell', () => {
    const lost = (minutes: number) => ({ ...hub, mark: 'second', markedAt: at(minutes) })
    expect(decide(watched(9, running, { state: 'absent' }, { hub: lost(9) }))).toEqual({ do: 'wait' })
    expect(decide(watched(10, running, { state: 'absent' }, { hub: lost(9) }))).toEqual({
      do: 'take-over',
      why: 'hub-lost'
    })
  })

  test('waits for a person when the hub of this app is older than the announcement: another hub of its name has the instance', () => {
    const elsewhere = [...running, generation(5, 2, { mark: 'second' }), begun(5, 2)]
    expect(decide(watched(9, elsewhere, { state: 'absent' }))).toEqual({ do: 'stopped', why: 'other-hub' })
    const lost = { ...hub, mark: 'third', markedAt: at(8) }
    expect(decide(watched(9, elsewhere, { state: 'absent' }, { hub: lost }))).toEqual({
      do: 'take-over',
      why: 'hub-lost'
    })
  })

  test.each([
    ['terminated', 'terminated', {}],
    ['absent', 'purged', {}],
    ['unreadable', 'unreadable', {}],
    ['absent', 'other-hub', { hub: { ...hub, name: 'Green', mark: 'second' } }],
    ['failed', 'other-hub', { hub: { ...hub, name: 'Green' } }],
    ['failed', 'newer-release', { release: '1.1.9' }]
  ] as const)('waits for a person when it is seen %s, and that is: %s', (state, why, others) => {
    expect(decide(watched(9, running, { state }, others))).toEqual({ do: 'stopped', why })
  })

  test('is taken over at most three times an hour and six times a day', () => {
    const dying = (...minutes: number[]) => [...running, ...minutes.map((each, index) => generation(each, index + 2))]
    const failed = { state: 'failed' } as const
    expect(decide(watched(30, dying(10, 20), failed))).toEqual({ do: 'take-over', why: 'failed' })
    expect(decide(watched(40, dying(10, 20, 30), failed))).toEqual({ do: 'stopped', why: 'too-often' })
    expect(decide(watched(71, dying(10, 20, 30), failed))).toEqual({ do: 'take-over', why: 'failed' })
    const hours = [1, 3, 5, 7, 9].map((each) => each * 60)
    expect(decide(watched(700, dying(...hours), failed))).toEqual({ do: 'take-over', why: 'failed' })
    expect(decide(watched(700, dying(...hours, 660), failed))).toEqual({ do: 'stopped', why: 'too-often' })
    expect(decide(watched(60 + 1440, dying(...hours, 660), failed))).toEqual({ do: 'take-over', why: 'failed' })
  })

  test('has died once when it died again within the same minute', () => {
    const dying = [10, 10.3, 10.6, 20].map((each, index) => generation(each, index + 2))
    expect(decide(watched(21, [...running, ...dying], { state: 'failed' }))).toEqual({ do: 'take-over', why: 'failed' })
  })
})

describe('a word of a person', () => {
  const terminated = { state: 'terminated', updatedAt: at(10) } as const

  test.each(['take-over', 'retry-stopped-terminated'])('goes on with what had stopped: %s', (task) => {
    const told = [...running, answer(11, task)]
    expect(decide(watched(12, told, terminated))).toEqual({ do: 'take-over', why: 'asked' })
    expect(decide(watched(12, [...told, verdict(11, task, 'late')], terminated))).toEqual({
      do: 'stopped',
      why: 'terminated'
    })
  })

  test('counts for the generation that it was said of', () => {
    const told = [...running, answer(11, 'take-over'), generation(12, 2), begun(12, 2)]
    const again = { state: 'terminated', updatedAt: at(20) } as const
    expect(decide(watched(21, told, again))).toEqual({ do: 'stopped', why: 'terminated' })
  })

  test('that is about another stop goes on with nothing', () => {
    const told = [...running, answer(11, 'retry-stopped-purged'), answer(11, 'retry-mail')]
    expect(decide(watched(12, told, terminated))).toEqual({ do: 'stopped', why: 'terminated' })
  })

  test('wants the end: whoever goes on then hears it, whenever it was said', () => {
    expect(decide(watched(12, [...running, answer(5, 'cancel')], terminated))).toEqual({
      do: 'take-over',
      why: 'asked-to-end'
    })
    expect(decide(watched(12, [...running, answer(5, 'cancel'), verdict(6, 'cancel', 'refused')], terminated))).toEqual(
      {
        do: 'stopped',
        why: 'terminated'
      }
    )
  })

  test('takes over once where deaths are too many', () => {
    const dying = [10, 20, 30].map((each, index) => generation(each, index + 2))
    const failed = { state: 'failed' } as const
    const asked = [...running, ...dying, answer(31, 'take-over'), answer(31, 'cancel')]
    expect(decide(watched(35, asked, failed))).toEqual({ do: 'take-over', why: 'asked-to-end' })
    expect(decide(watched(36, [...asked, generation(35, 5)], failed))).toEqual({ do: 'stopped', why: 'too-often' })
  })

  test('said to the onboarding is heard for its branches, though the onboarding itself lives and calls it late', () => {
    const branch = [generation(0, 1), begun(0, 1)]
    const parent = (...told: Told[]) => ({ parent: chain(...running, ...told) })
    const stopped = { do: 'stopped', why: 'terminated' }
    expect(decide(watched(12, branch, terminated, parent()))).toEqual(stopped)
    expect(decide(watched(12, branch, terminated, parent(answer(5, 'take-over'))))).toEqual(stopped)
    const late = parent(answer(11, 'take-over'), verdict(11, 'take-over', 'late'))
    expect(decide(watched(12, branch, terminated, late))).toEqual({ do: 'take-over', why: 'asked' })
    const end = parent(answer(5, 'cancel'), verdict(5, 'cancel', 'taken'))
    expect(decide(watched(12, branch, terminated, end))).toEqual({ do: 'take-over', why: 'asked-to-end' })
  })
})

test('releases are compared by their numbers', () => {
  expect(isNewer('0.10.0', '0.9.1')).toBe(true)
  expect(isNewer('0.9.1', '0.10.0')).toBe(false)
  expect(isNewer('1.2.3', '1.2.3')).toBe(false)
})

test('every code is said in words, and every stop has a task to go on with', () => {
  for (const code of Object.keys(takeovers)) expect(takeoverText(code)).not.toBe(code)
  expect(takeoverText('of-a-later-release')).toBe('of-a-later-release')
  for (const code of Object.keys(stops) as (keyof typeof stops)[])
    expect(taskNamed(`retry-${stopFinding(code)}`)).toEqual({ kind: 'retry', code: stopFinding(code) })
})
