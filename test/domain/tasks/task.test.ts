import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOf, sameTask, taskName, taskNamed } from '../../../src/domain/tasks/task.ts'
import { eachTask, tasks } from '../tasks.ts'

describe('taskName and taskNamed', () => {
  it('are each other’s inverse for every task there can be', () => {
    fc.assert(
      fc.property(tasks, (task) => {
        expect(taskNamed(taskName(task))).toEqual(task)
      })
    )
  })

  it('give a name to one task alone, and none to what is no name', () => {
    fc.assert(
      fc.property(tasks, fc.string({ maxLength: 3 }), (task, more) => {
        for (const name of [taskName(task) + more, more + taskName(task), more]) {
          const named = taskNamed(name)
          if (named) expect(taskName(named)).toBe(name)
        }
      })
    )
  })

  it('keep the names that documents, routes, events and mails have', () => {
    expect(eachTask.map(taskName)).toEqual([
      'offer-exchange',
      'approve-slot-1',
      'send-mail-multi-workload',
      'send-escalation-2-exchange',
      'acknowledge',
      'microsoft-answered',
      'import-contoso-ck-ex-na-vaulta1',
      'assign-contributor-contoso-ck-ex-na-vaultb1',
      'attest-offline-2',
      'remove-setup-role-1',
      'replace-operator-2',
      'confirm-replacement-1',
      'withdraw-replacement-2',
      'confirm-plan-1',
      'replace-officer',
      'retry-tenant-licence',
      'override-tenant-licence',
      'mend-vault-contributor',
      'cancel',
      'halt',
      'go-on-slot-2',
      'take-over'
    ])
  })

  it.each([
    '',
    'offer-',
    'offer-teams',
    'offer-exchange-2',
    'approve-slot-3',
    'approve-slot-1 ',
    'send-escalation-0-exchange',
    'send-escalation-1000-exchange',
    'import-Contoso',
    'retry-',
    'cancel-1'
  ])('name no task by %j', (name) => {
    expect(taskNamed(name)).toBeUndefined()
  })
})

describe('isOf and sameTask', () => {
  it('tell kinds and tasks apart', () => {
    for (const [index, one] of eachTask.entries()) {
      expect(isOf(one, one.kind)).toBe(true)
      expect(eachTask.filter((other) => isOf(other, one.kind))).toHaveLength(1)
      expect(eachTask.map((other) => sameTask(one, other)).indexOf(true)).toBe(index)
    }
  })
})
