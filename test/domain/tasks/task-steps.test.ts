import { describe, expect, test } from 'vitest'
import { tasksEmail } from '../../../src/domain/mails/operator-email.ts'
import { taskSteps } from '../../../src/domain/tasks/task-steps.ts'
import { workloadNames, workloads } from '../../../src/domain/terms/workloads.ts'
import { planOf, threeWorkloads } from '../examples.ts'

describe('the steps of an offer', () => {
  test.for(workloadNames)('for %s name its card, in the order of the portal', (workload) => {
    const steps = taskSteps(`offer-${workload}`)
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
      ['offer-sharepoint']
    )
    for (const step of taskSteps('offer-sharepoint')) expect(text).toContain(`. ${step}`)
    expect(html).toContain('<li>5. Choose Submit')
  })

  test('are none for a task that one sentence tells', () => {
    expect(taskSteps('approve-slot-1')).toEqual([])
  })
})
