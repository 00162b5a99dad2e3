import { mostReplacements } from '../../../src/domain/plan/replacements.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chapters } from '../../../src/domain/state/chapters.ts'
import { evolve } from '../../../src/domain/state/evolve.ts'
import type { Fact } from '../../../src/domain/state/fact.ts'
import { beginning, type State } from '../../../src/domain/state/state.ts'
import { mostFindings, openTasks, roomOfStatus, statusOf } from '../../../src/domain/state/status.ts'
import { taskName, type Task } from '../../../src/domain/tasks/task.ts'
import { waysOn } from '../../../src/domain/state/ways-on.ts'
import type { Finding } from '../../../src/domain/terms/evidence.ts'

const at = '2026-11-23T17:00:00.000Z'
/** The longest name that Entra gives: 64 characters, `@` and 48 of a domain. */
const longest = (letter: string): string => `${letter.repeat(64)}@${'d'.repeat(44)}.com`
const words = (count: number): string => 'Azure said "\u0001 no" '.repeat(count)

const everyTask: readonly Task[] = [
  ...(['exchange', 'sharepoint', 'multi-workload'] as const).flatMap((workload): Task[] => [
    { kind: 'offer', workload },
    { kind: 'send-mail', workload },
    { kind: 'send-escalation', workload, number: 999 }
  ]),
  ...([1, 2] as const).flatMap((slot): Task[] => [
    { kind: 'approve', slot },
    { kind: 'attest-offline', slot },
    { kind: 'remove-setup-role', slot },
    { kind: 'replace-operator', slot }
  ]),
  { kind: 'acknowledge' },
  { kind: 'replace-officer' },
  { kind: 'cancel' },
  { kind: 'import-key', vault: 'v'.repeat(24) },
  { kind: 'assign-contributor', vault: 'v'.repeat(24) }
]

const findingOf = (index: number, length: number): Finding => ({
  check: 'c'.repeat(34),
  code: `${String(index).padStart(4, 'f')}${'c'.repeat(56)}`,
  requirement: 'R42',
  resource: `/subscriptions/${words(length)}`,
  observed: words(length),
  expected: words(length),
  remedy: words(length),
  overridable: index % 2 === 0,
  mend: words(length)
})

/** Facts of a story in which everything is as long and as many as may be at one time. */
function longStory(size: {
  operators: number
  findings: number
  answers: number
  steps: number
  length: number
}): Fact[] {
  const who = Array.from({ length: size.operators }, () => longest('o')).join(', ')
  const findings = Array.from({ length: size.findings }, (_, index) => findingOf(index, size.length))
  return [
    ...chapters.map(({ step }): Fact => ({ fact: 'chapter-begun', step, waitingOn: 'people' })),
    ...Array.from(
      { length: size.steps },
      (): Fact => ({
        fact: 'step-done',
        title: 'Microsoft notified',
        detail: `${who} ${words(size.length)}`,
        requirements: ['R33', 'R34', 'R35', 'R36', 'R38', 'R39', 'R40', 'R44'],
        at
      })
    ),
    ...Array.from(
      { length: mostReplacements },
      (_, index): Fact => ({
        fact: 'replaced',
        replacement: {
          id: `${String(index)}b3b2f6c1a01`,
          slot: 1,
          leaves: longest('l'),
          joins: longest('j'),
          at
        }
      })
    ),
    {
      fact: 'answered',
      answers: Array.from({ length: size.answers }, () => ({
        task: { kind: 'send-escalation', workload: 'exchange', number: 999 },
        by: longest('b'),
        at
      }))
    },
    {
      fact: 'registration-seen',
      registration: {
        states: [words(size.length), words(size.length)],
        mailedAt: at,
        acknowledgedAt: at,
        dueAt: at,
        breachedAt: at
      },
      due: at
    },
    { fact: 'looks-next', at },
    { fact: 'halted', by: { task: { kind: 'halt' }, by: longest('h'), at } },
    ...Array.from({ length: 9 }, (): Fact => ({ fact: 'taken-over', at, why: 'asked-to-end' })),
    { fact: 'azure-awaited', wait: { what: words(size.length), since: at, said: words(size.length), nextLook: at } },
    ...everyTask.map(
      (task): Fact => ({
        fact: 'asked',
        question: { task, for: who, asks: words(size.length), optional: true },
        at
      })
    ),
    { fact: 'found', findings, at },
    ...findings
      .slice(0, mostFindings)
      .flatMap((finding) =>
        waysOn(finding).map(
          (task): Fact => ({ fact: 'asked', question: { task, for: 'any operator', asks: finding.mend ?? '' }, at })
        )
      )
  ]
}

const stateOf = (facts: readonly Fact[]): State => facts.reduce<State>(evolve, beginning())

const sizes = fc.record({
  operators: fc.integer({ min: 0, max: 50 }),
  findings: fc.integer({ min: 0, max: 2500 }),
  answers: fc.integer({ min: 0, max: 400 }),
  steps: fc.integer({ min: 0, max: 200 }),
  length: fc.integer({ min: 0, max: 120 })
})

test('a status fits, whatever people, Azure and years of waiting put into it, and its core is whole', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const state = stateOf(longStory(size))
      const status = statusOf(state)
      expect(JSON.stringify(status).length).toBeLessThanOrEqual(roomOfStatus)
      const awaited = new Set(openTasks(status).map(({ task, serial }) => `${taskName(task)}.${String(serial)}`))
      for (const { task, serial } of state.tasks) expect(awaited).toContain(`${taskName(task)}.${String(serial)}`)
      expect(status.findings.map(({ code }) => code)).toEqual(
        state.findings.slice(0, mostFindings).map(({ code }) => code)
      )
      expect(status.findings.length + (status.moreFindings ?? 0)).toBe(state.findings.length)
      expect(status.steps.length + (status.earlierSteps ?? 0)).toBe(state.steps.length)
      expect(status.answers.length + (status.earlierAnswers ?? 0)).toBe(state.answers.length)
      expect(status).toMatchObject({
        step: state.step,
        due: at,
        nextLook: at,
        replaced: state.replaced
      })
    }),
    { numRuns: 60, examples: [[{ operators: 50, findings: 2500, answers: 400, steps: 200, length: 120 }]] }
  )
})

test('a status that fits is told whole, and no word of it is cut', () => {
  const state = stateOf([
    ...longStory({ operators: 1, findings: 0, answers: 0, steps: 0, length: 0 }).filter(
      ({ fact }) => fact !== 'replaced'
    )
  ])
  const status = statusOf(state, 100_000)
  expect(status.tasks.every(({ asks, for: who }) => asks !== undefined && who !== undefined)).toBe(true)
  expect(status).not.toHaveProperty('earlierSteps')
})

test('a status says what it has, and leaves out what there is not', () => {
  const bare = statusOf(beginning())
  expect(Object.keys(bare).toSorted()).toEqual(
    ['answers', 'findings', 'proposals', 'replaced', 'step', 'steps', 'takeovers', 'tasks', 'waitingOn'].toSorted()
  )
  const halt = { task: { kind: 'halt' }, by: 'alice@contoso.com', at } as const
  const takeovers = ['a', 'b', 'c', 'd'].map((why) => ({ at, why }))
  const wait = { what: 'the vault', since: at, said: 'Creating', nextLook: at }
  const told = stateOf([
    ...takeovers.map((each): Fact => ({ fact: 'taken-over', ...each })),
    { fact: 'halted', by: halt },
    { fact: 'looks-next', at, idle: true },
    { fact: 'azure-awaited', wait }
  ])
  expect(statusOf(told)).toMatchObject({ halted: halt, idle: true, nextLook: at, wait, waitingOn: told.waitingOn })
  expect(statusOf(told).takeovers).toEqual(takeovers.slice(1))
  const found = stateOf([{ fact: 'found', findings: [findingOf(1, 1)], at }])
  expect([statusOf(found).waitingOn, found.waitingOn]).not.toEqual(['people', 'people'])
  expect(statusOf(found).waitingOn).toBe('people')
  expect(statusOf(found)).not.toHaveProperty('moreFindings')
})

test('the ways on from a finding are those that it has', () => {
  const { mend: _, ...finding } = findingOf(0, 1)
  const { code } = finding
  expect(waysOn({ ...finding, overridable: false })).toEqual([{ kind: 'retry', code }])
  expect(waysOn({ ...finding, overridable: true })).toEqual([
    { kind: 'retry', code },
    { kind: 'override', code }
  ])
  expect(waysOn({ ...finding, overridable: false, mend: 'x' })).toEqual([
    { kind: 'retry', code },
    { kind: 'mend', code }
  ])
})

test('what is newest is shown where not everything fits', () => {
  const notes = Array.from(
    { length: 100 },
    (_, index): Fact => ({
      fact: 'step-done',
      title: `Step ${String(index)}`,
      detail: 'x'.repeat(300),
      requirements: [],
      at
    })
  )
  const { steps, earlierSteps = 0 } = statusOf(stateOf(notes))
  expect(steps.at(-1)?.title).toBe('Step 99')
  expect(steps[0]?.title).toBe(`Step ${String(earlierSteps)}`)
  expect(steps.length).toBeGreaterThan(10)
})
