import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scriptOf } from '../../../local/rehearsal/scripts.ts'
import { readAnswer } from '../../../src/domain/tasks/answers.ts'
import { kindOf } from '../../../src/domain/tasks/task-kinds.ts'
import { isOf } from '../../../src/domain/tasks/task.ts'
import { planOf, threeWorkloads } from '../../domain/examples.ts'
import { eachTask, tasks } from '../../domain/tasks.ts'

const plan = planOf(threeWorkloads())
const changes = ([1, 2] as const).map((slot) => ({
  slot,
  leaves: 'alice@contoso.com',
  joins: 'anna@contoso.com',
  stage: 'proposed' as const
}))
const approved = { plan, planDigest: plan.digest, changes }

test('what the people of a rehearsal say is taken, whatever they are asked', () => {
  fc.assert(
    fc.property(tasks, (task) => {
      const script = scriptOf(task)
      if (script) expect(readAnswer(task, script.says(task, approved), plan).faults).toBeUndefined()
    })
  )
})

test('they answer what something waits for, but what stands with a finding or a halt and what only some vaults ask', () => {
  const waitedFor = eachTask.filter((task) => !kindOf(task).optional && kindOf(task).stands === 'alone')
  const unanswered = waitedFor.filter((task) => !scriptOf(task))
  expect(unanswered.filter((task) => !isOf(task, 'assign-contributor', 'go-on', 'take-over'))).toEqual([])
})

test('they act after whole minutes, so that two rehearsals print the same', () => {
  for (const task of eachTask) expect(Number.isInteger(scriptOf(task)?.minutes(task) ?? 1)).toBe(true)
})
