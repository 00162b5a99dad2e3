import { describe, expect, test } from 'vitest'
import { readAnswer } from '../../../src/domain/tasks/answers.ts'
import { planOf, threeWorkloads } from '../examples.ts'
import { taskOf } from '../tasks.ts'

describe('who is replaced', () => {
  const reason = 'She goes to another company'
  const plan = planOf(threeWorkloads())
  const faults = (task: string, leaves: string, joins: string) =>
    readAnswer(taskOf(task), { leaves, joins, reason }, plan).faults?.map(({ path }) => path) ?? []

  test('is named for the slot, and who takes over is not named for the other one', () => {
    expect(faults('replace-operator-1', 'Alice@contoso.com', 'anna@contoso.com')).toEqual([])
    expect(faults('replace-operator-2', 'alice@contoso.com', 'anna@contoso.com')).toEqual(['/leaves'])
    expect(faults('replace-operator-1', 'alice@contoso.com', 'BOB@contoso.com')).toEqual(['/joins'])
    expect(faults('replace-operator-1', 'mallory@contoso.com', 'bob@contoso.com')).toEqual(['/leaves', '/joins'])
  })

  test('is taken as the plan writes people, in lower case', () => {
    const body = { leaves: 'Alice@contoso.com', joins: 'Anna@Contoso.com', reason }
    expect(readAnswer(taskOf('replace-operator-1'), body, plan).answer).toEqual({
      leaves: 'alice@contoso.com',
      joins: 'anna@contoso.com',
      reason
    })
  })

  test('is looked at for no officer: any address may be one', () => {
    const joins = { name: 'Bob', email: 'bob@contoso.com' }
    const { faults: found } = readAnswer(
      taskOf('replace-officer'),
      { leaves: 'mallory@contoso.com', joins, reason },
      plan
    )
    expect(found).toBeUndefined()
  })
})
