import { describe, expect, test } from 'vitest'
import { doors, gateOf } from '../../../src/domain/ledger/gates.ts'
import { whyShut, type Gate, type PersonNow } from '../../../src/domain/people/standing.ts'
import { isOf, type Task, type TaskKind } from '../../../src/domain/tasks/task.ts'
import type { Slot } from '../../../src/domain/terms/evidence.ts'
import { planOf, threeWorkloads } from '../examples.ts'
import { eachTask } from '../tasks.ts'

const plan = planOf(threeWorkloads())
const [vault1 = '', vault2 = ''] = plan.policies[0]?.vaults.map(({ vaultName }) => vaultName.toLowerCase()) ?? []

/** Whom each kind asks. `acts`: an operator of its slot, who acts for it; `speaks`: the same, who does not; `any`: of either. */
type Asks = 'acts' | 'speaks' | 'any' | 'outside' | 'newcomer' | 'mind'

const asks: { readonly [K in TaskKind]: Asks } = {
  offer: 'any',
  approve: 'acts',
  'send-mail': 'any',
  'send-escalation': 'any',
  acknowledge: 'any',
  'microsoft-answered': 'any',
  'import-key': 'acts',
  'assign-contributor': 'acts',
  'attest-offline': 'acts',
  'remove-setup-role': 'acts',
  'replace-operator': 'any',
  'confirm-replacement': 'outside',
  'withdraw-replacement': 'mind',
  'confirm-plan': 'newcomer',
  'replace-officer': 'any',
  retry: 'acts',
  override: 'acts',
  mend: 'acts',
  cancel: 'any',
  halt: 'any',
  'go-on': 'speaks',
  'take-over': 'any'
}

/** The task of each kind that is of slot 1, where it is of one. */
function inSlot1(task: Task): Task {
  if (isOf(task, 'import-key', 'assign-contributor')) return { ...task, vault: vault1 }
  if (isOf(task, 'retry', 'override', 'mend')) return { ...task, code: `vault-network-${vault1}` }
  return 'slot' in task ? { ...task, slot: 1 } : task
}

const operator = (...operates: readonly Slot[]): PersonNow => ({
  account: 'enabled',
  roles: ['Reader', 'Operator', 'Approver'],
  operates,
  standsFor: operates,
  actedFor: undefined
})

interface Person {
  readonly who: string
  readonly now: PersonNow
  /** Whether they may answer for slot 1, and for either slot. */
  readonly own: boolean
  readonly any: boolean
}

// Whether somebody stands there by name or through a group, and whether they are a guest, is one by object id.
const people: readonly Person[] = [
  { who: 'operator of the slot', now: operator(1), own: true, any: true },
  { who: 'operator of the slot who acted for it', now: { ...operator(1), actedFor: 1 }, own: true, any: true },
  { who: 'operator of the other slot', now: operator(2), own: false, any: true },
  { who: 'operator of both slots', now: operator(1, 2), own: false, any: true },
  {
    who: 'operator of the slot, administrator of the other',
    now: { ...operator(1), standsFor: [1, 2] },
    own: false,
    any: true
  },
  { who: 'operator of the slot who acted for the other', now: { ...operator(1), actedFor: 2 }, own: false, any: true },
  { who: 'administrator of the other slot', now: { ...operator(), standsFor: [2] }, own: false, any: false },
  { who: 'stranger', now: operator(), own: false, any: false },
  { who: 'operator whose account is blocked', now: { ...operator(1), account: 'blocked' }, own: false, any: false },
  { who: 'operator whose account is gone', now: { ...operator(1), account: 'absent' }, own: false, any: false },
  { who: 'operator without a role', now: { ...operator(1), roles: ['Reader'] }, own: false, any: false }
]

/** What nobody carries goes on by the role alone, whoever has it. */
const byRole = (task: Task, { now }: Person): boolean =>
  ['cancel', 'take-over'].includes(task.kind) && now.account === 'enabled' && now.roles.includes('Approver')

function may(task: Task, person: Person): boolean {
  switch (asks[task.kind]) {
    case 'acts':
      return person.own
    case 'speaks':
      return person.any && person.now.operates.includes(1)
    case 'any':
    case 'mind':
      return person.any || byRole(task, person)
    case 'outside': // none of these is a Custodian
    case 'newcomer':
      return false
  }
}

const opens = (gate: Gate, now: PersonNow): boolean => whyShut(gate, 'somebody', now) === undefined

describe.each(people)('$who', (person) => {
  test.each(eachTask.map(inSlot1))('at $kind', (task) => {
    expect(opens(gateOf(task, plan), person.now)).toBe(may(task, person))
  })

  test('at the doors beside onboardings', () => {
    expect([doors.adopt(1), doors.offlineCopy(1)].map((gate) => opens(gate, person.now))).toEqual([
      person.own,
      person.own
    ])
    expect(opens(doors.confirm(2), person.now)).toBe(person.own) // of slot 1, for a vault of slot 2
  })
})

test('a finding of no slot is answered by an operator of either, one of a vault’s set-up by those of its slot, whatever its code', () => {
  const task = { kind: 'retry', code: 'licence-tenant' } as const
  expect(gateOf(task, plan)).toEqual({ asked: [1, 2], role: 'Operator' })
  expect(gateOf(task, plan, 'branch.contoso-1.exchange.2')).toMatchObject({ asked: [2], acts: 2 })
  expect(gateOf({ ...task, code: `vault-network-${vault2}` }, plan)).toMatchObject({ asked: [2], acts: 2 })
  expect(gateOf({ ...task, code: 'offer-type-slot-1' }, plan)).toMatchObject({ asked: [1], acts: 1 })
})

describe('where somebody is replaced', () => {
  const changes = [
    { slot: 1, leaves: 'alice@contoso.com', joins: 'anna@contoso.com', stage: 'proposed' },
    { slot: 2, leaves: 'bob@contoso.com', joins: 'ben@contoso.com', stage: 'to-confirm' }
  ] as const
  const gate = (kind: 'confirm-replacement' | 'withdraw-replacement' | 'confirm-plan', slot: Slot) =>
    gateOf({ kind, slot }, { ...plan, changes })
  const custodian: PersonNow = { ...operator(), roles: ['Reader', 'Custodian'] }

  test('a Custodian who stands for neither slot says the second word', () => {
    expect(opens(gate('confirm-replacement', 1), custodian)).toBe(true)
    expect(opens(gate('confirm-replacement', 1), { ...custodian, standsFor: [2] })).toBe(false)
    for (const actedFor of [1, 2] as const)
      expect(opens(gate('confirm-replacement', 1), { ...custodian, actedFor })).toBe(false)
    expect(opens(gate('confirm-replacement', 1), operator())).toBe(false)
  })

  test('whoever is said to leave stops it without any role, and nobody else does', () => {
    const leaver: PersonNow = { ...operator(), roles: [], isOther: true }
    expect(opens(gate('withdraw-replacement', 1), leaver)).toBe(true)
    expect(opens(gate('withdraw-replacement', 1), { ...leaver, isOther: false })).toBe(false)
    expect(opens(gate('withdraw-replacement', 1), { ...leaver, account: 'blocked' })).toBe(false)
  })

  test('whoever takes over confirms the plan, unless they came to stand for the other slot', () => {
    const newcomer: PersonNow = { ...operator(), isOther: true }
    expect(opens(gate('confirm-plan', 2), newcomer)).toBe(true)
    expect(opens(gate('confirm-plan', 2), { ...newcomer, standsFor: [1] })).toBe(false)
    expect(opens(gate('confirm-plan', 2), { ...newcomer, actedFor: 1 })).toBe(false)
    expect(opens(gate('confirm-plan', 2), operator(2))).toBe(false)
  })
})
