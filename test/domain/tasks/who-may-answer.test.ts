import { describe, expect, test } from 'vitest'
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
  // Any operator may propose who takes over, in either slot, and stop it.
  ['replace-operator-1', 'bob@contoso.com'],
  ['replace-operator-1', 'alice@contoso.com'],
  ['withdraw-replacement-1', 'bob@contoso.com'],
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
  ['replace-operator-1', 'mallory@contoso.com'],
  ['withdraw-replacement-1', 'mallory@contoso.com'],
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

describe('while people change', () => {
  // Lena is named nowhere any more, and is to be replaced all the same.
  const changes = [
    { slot: 1, leaves: 'lena@contoso.com', joins: 'anna@contoso.com', stage: 'proposed' },
    { slot: 2, leaves: 'bert@contoso.com', joins: 'ben@contoso.com', stage: 'to-confirm' }
  ] as const
  const changing = { ...plan, changes }
  const everybody = ['alice', 'bob', 'lena', 'anna', 'bert', 'ben', 'cleo'].map((name) => `${name}@contoso.com`)
  const mayAnswer = (task: string) => everybody.filter((by) => whyNotBy(changing, taskOf(task), by) === undefined)

  test.for([
    ['withdraw-replacement-1', ['alice', 'bob', 'lena']],
    ['withdraw-replacement-2', ['alice', 'bob']],
    // The second word comes from outside: of nobody who acts, is to act, or leaves. The role of a Custodian is asked for besides.
    ['confirm-replacement-1', ['cleo']],
    ['confirm-replacement-2', ['cleo']],
    ['confirm-plan-1', []],
    ['confirm-plan-2', ['ben']],
    ['replace-operator-1', ['alice', 'bob']],
    ['approve-slot-2', ['bob']]
  ] as const)('%s may be answered by %j, and by nobody else', ([task, names]) => {
    expect(mayAnswer(task)).toEqual(names.map((name) => `${name}@contoso.com`))
  })
})
