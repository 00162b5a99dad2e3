import { describe, expect, test } from 'vitest'
import { tasksEmail } from '../../../src/domain/mails/operator-email.ts'
import { whyNotItsOwn } from '../../../src/domain/tasks/offer.ts'
import { kindOf } from '../../../src/domain/tasks/task-kinds.ts'
import type { Task } from '../../../src/domain/tasks/task.ts'
import { workloadNames, workloads, type Workload } from '../../../src/domain/terms/workloads.ts'
import { personNamed, planOf, threeWorkloads } from '../examples.ts'

const stepsOf = (task: Task) => kindOf(task).steps(task)

describe('the steps of an offer', () => {
  test.for(workloadNames)('for %s name its card, in the order of the portal', (workload) => {
    const steps = stepsOf({ kind: 'offer', workload })
    const said = [
      'https://fasttrack.microsoft.com/',
      'Deploy',
      `"${workloads[workload].offer}"`,
      'Continue to step 2',
      'officers',
      'Submit'
    ]
    const places = said.map((word) => steps.join('\n').indexOf(word))
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(places[0]).toBeGreaterThan(-1)
  })

  test('stand in the operators’ mail, numbered', () => {
    const { text, html } = tasksEmail(
      { plan: planOf(threeWorkloads()), sla: { zone: 'UTC', extraHolidays: [], businessDays: 5 } },
      'offers',
      [{ kind: 'offer', workload: 'sharepoint' }]
    )
    for (const step of stepsOf({ kind: 'offer', workload: 'sharepoint' })) expect(text).toContain(`. ${step}`)
    expect(html).toContain('<li>5. Choose Submit')
  })

  test('are none for a task that one sentence tells', () => {
    expect(stepsOf({ kind: 'approve', slot: 1 })).toEqual([])
  })
})

test('a request id is one workload’s own, however it is written', () => {
  const said = (workload: Workload, requestId: string) => ({
    task: { kind: 'offer', workload } as const,
    by: 'alice@contoso.com',
    person: personNamed('alice@contoso.com'),
    at: '2026-11-23T18:12:00.000Z',
    answer: { requestId, officers: [{ name: 'Olga', email: 'olga@contoso.com' }] }
  })
  expect(whyNotItsOwn(said('exchange', 'FT-1'), [said('sharepoint', 'FT-2')])).toBeUndefined()
  expect(whyNotItsOwn(said('exchange', 'FT-2'), [said('sharepoint', 'ft-2')])).toContain('recorded for sharepoint')
})
