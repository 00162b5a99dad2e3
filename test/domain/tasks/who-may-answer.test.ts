import { expect, test } from 'vitest'
import { groupsAsked, whyNotBy } from '../../../src/domain/tasks/who-may-answer.ts'
import { matching } from '../matching.ts'
import { taskOf } from '../tasks.ts'

const keepers = '0d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b'
const plan = {
  slots: [
    { slot: 1, operators: ['alice@contoso.com'] },
    { slot: 2, operators: ['bob@contoso.com', keepers] }
  ],
  policies: [
    {
      vaults: [
        { slot: 1, vaultName: 'Contoso-A1' },
        { slot: 2, vaultName: 'Contoso-A2' }
      ]
    }
  ]
} as const

test.for([
  ['approve-slot-1', 'alice@contoso.com'],
  ['approve-slot-2', 'bob@contoso.com'],
  ['import-contoso-a1', 'alice@contoso.com'],
  ['import-contoso-a2', 'bob@contoso.com'],
  ['offer-exchange', 'bob@contoso.com'],
  ['retry-licence-tenant', 'alice@contoso.com'],
  ['cancel', 'alice@contoso.com'],
  // Who takes over in one slot is the other one's to say.
  ['replace-operator-1', 'bob@contoso.com'],
  ['replace-operator-2', 'alice@contoso.com'],
  ['replace-officer', 'alice@contoso.com']
] as const)('%s may be answered by %s', ([task, by]) => {
  expect(whyNotBy(plan, taskOf(task), by)).toBeUndefined()
})

test.for([
  ['approve-slot-2', 'alice@contoso.com'],
  ['attest-offline-1', 'bob@contoso.com'],
  ['remove-setup-role-1', 'bob@contoso.com'],
  ['import-contoso-a2', 'alice@contoso.com'],
  ['assign-contributor-contoso-a1', 'bob@contoso.com'],
  ['replace-operator-1', 'alice@contoso.com'],
  ['offer-exchange', 'mallory@contoso.com'],
  // A group answers through its people, not by its id.
  ['cancel', 'carol@contoso.com']
] as const)('%s may not be answered by %s, who is named for it nowhere', ([task, by]) => {
  expect(whyNotBy(plan, taskOf(task), by)).toEqual(
    matching(/^It needs an operator of (slot [12]|this onboarding): .* Ask one of them\.$/)
  )
})

test('the groups that may answer are those of the slot, or of both where the task is of none', () => {
  expect(groupsAsked(plan, taskOf('approve-slot-1'))).toEqual([])
  expect(groupsAsked(plan, taskOf('approve-slot-2'))).toEqual([keepers])
  expect(groupsAsked(plan, taskOf('import-contoso-a1'))).toEqual([])
  expect(groupsAsked(plan, taskOf('cancel'))).toEqual([keepers])
  expect(whyNotBy(plan, taskOf('approve-slot-2'), 'alice@contoso.com')).toContain(
    `bob@contoso.com and group ${keepers}`
  )
})
