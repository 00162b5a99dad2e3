import { expect, test } from 'vitest'
import type { Task } from '../../../src/domain/tasks/task.ts'
import { lettersOn, sameAs, type OperatorLetter } from '../../../src/domain/mails/operator-letters.ts'
import { calendarOf } from '../../../src/domain/calendar/sla.ts'

const calendar = calendarOf({ zone: 'America/Los_Angeles', extraHolidays: [], businessDays: 5 })
const finding = { check: 'vault-premium', code: 'vault-premium-a', requirement: 'R28', resource: 'A' } as const
const monday = '2026-03-09T16:00:00.000Z'
const tuesday = '2026-03-10T16:00:00.000Z'

const isSame = (letter: OperatorLetter, one: string, other: string): boolean =>
  sameAs(letter, one, calendar).join() === sameAs(letter, other, calendar).join()

const offering: Task = { kind: 'offer', workload: 'exchange' }
const importing: Task = { kind: 'import-key', vault: 'contoso-ck-ex-vaulta1' }
const approving: Task = { kind: 'approve', slot: 2 }

test('what stands open is told once in a working day, whatever it is made of by then', () => {
  const letter = { kind: 'findings', findings: [finding], more: 0 } as const
  expect(isSame(letter, monday, '2026-03-09T23:59:00.000Z')).toBe(true)
  expect(isSame(letter, monday, tuesday)).toBe(false)
  expect(sameAs({ ...letter, findings: [] }, monday, calendar)).toEqual(sameAs(letter, monday, calendar))
})

test('a weekend belongs to the Monday after it', () => {
  const letter: OperatorLetter = { kind: 'tasks-again', tasks: [offering], since: monday }
  expect(isSame(letter, '2026-03-14T18:00:00.000Z', '2026-03-16T16:00:00.000Z')).toBe(true)
})

test('of one kind there is one mail in a working day, whichever chapter asks, whichever day is due', () => {
  const asked = (step: string): OperatorLetter => ({ kind: 'tasks', step, tasks: [] })
  const again: OperatorLetter = { kind: 'tasks-again', tasks: [], since: monday }
  expect(sameAs(asked('offers'), monday, calendar)).toEqual(sameAs(asked('approvals'), monday, calendar))
  expect(sameAs(asked('offers'), monday, calendar)).toEqual(sameAs(again, monday, calendar))
  const late = (number: number): OperatorLetter => ({
    kind: 'breach',
    number,
    due: `2026-03-0${String(number)}`,
    states: { 1: 'Pending', 2: 'Pending' }
  })
  expect(sameAs(late(1), monday, calendar)).toEqual(sameAs(late(2), monday, calendar))
  expect(isSame(asked('offers'), monday, tuesday)).toBe(false)
})

test('start and end are told once, whenever that is', () => {
  for (const letter of [
    { kind: 'started', startedBy: 'a@b.com' },
    { kind: 'cancelled', by: 'a@b.com', reason: 'we begin anew' },
    { kind: 'done', sha256: 'ab' }
  ] as const)
    expect(isSame(letter, monday, tuesday)).toBe(true)
})

test('a task is told again from the working day after it was asked', () => {
  const standing = { tasks: [{ task: offering, since: monday }], findings: [] }
  expect(lettersOn(standing, '2026-03-10T00:00:00.000Z', calendar)).toEqual([]) // still Monday in Redmond
  expect(lettersOn(standing, tuesday, calendar)).toEqual([{ kind: 'tasks-again', tasks: [offering], since: monday }])
})

test('once a task stands since an earlier day, those of today are told with it, and all in one mail', () => {
  const tasks = [importing, approving].map((task, index) => ({
    task,
    since: index === 0 ? tuesday : monday
  }))
  expect(lettersOn({ tasks, findings: [] }, tuesday, calendar)).toEqual([
    { kind: 'tasks-again', tasks: [importing, approving], since: monday }
  ])
})

test('what a vault’s branch asks for today is told, since no chapter did', () => {
  const tasks = [
    { task: importing, since: tuesday },
    { task: approving, since: tuesday }
  ]
  expect(lettersOn({ tasks, findings: [] }, tuesday, calendar)).toEqual([
    { kind: 'tasks', step: 'vaults-and-keys', tasks: [importing] }
  ])
})

test('findings are told at once, ten of them by name', () => {
  const findings = Array.from({ length: 12 }, (_, index) => ({ ...finding, code: `vault-premium-${String(index)}` }))
  const [letter] = lettersOn({ tasks: [], findings }, monday, calendar)
  expect(letter).toMatchObject({ kind: 'findings', more: 2 })
  expect(letter).toHaveProperty('findings.length', 10)
})

test('nothing is told where nothing stands', () => {
  expect(lettersOn({ tasks: [], findings: [] }, monday, calendar)).toEqual([])
})
