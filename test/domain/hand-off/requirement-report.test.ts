import { describe, expect, test } from 'vitest'
import { planWorkloads } from '../../../src/domain/plan/plan-workloads.ts'
import { taskName } from '../../../src/domain/tasks/task.ts'
import { notices, requirementTable } from '../../../src/domain/requirements/requirement-table.ts'
import {
  requirementCounts,
  requirementReport,
  type RequirementSources,
  type RequirementStatus
} from '../../../src/domain/hand-off/requirement-report.ts'
import type { AnsweredTask } from '../../../src/domain/tasks/said.ts'
import { planOf, threeWorkloads } from '../examples.ts'
import { finished } from '../finished.ts'

const plan = planOf(threeWorkloads())
const facts = finished(plan)
const whole: RequirementSources = { plan, evidence: facts.evidence, tasks: facts.answers }

const row = (id: string, sources: RequirementSources): RequirementStatus | undefined =>
  requirementReport(sources).find((each) => each.id === id)

const without = (task: string): RequirementSources => ({
  ...whole,
  tasks: facts.answers.filter((answer) => taskName(answer.task) !== task)
})

test('the table has R1 to R47, in order, and no two requirements read the same', () => {
  expect(requirementTable.map(({ id }) => id)).toEqual(Array.from({ length: 47 }, (_, index) => `R${index + 1}`))
  expect(new Set(requirementTable.map(({ title }) => title)).size).toBe(47)
})

describe('the report', () => {
  test('of a finished onboarding leaves nothing open, and every row has evidence or a task', () => {
    const report = requirementReport(whole)
    expect(requirementCounts(report)).toEqual({ proved: 36, attested: 4, shown: 7, open: 0 })
    for (const each of report) expect(each.evidence.length > 0 || each.task !== undefined, each.id).toBe(true)
  })

  test('of nothing leaves everything open', () => {
    expect(requirementCounts(requirementReport({ plan, evidence: [], tasks: [] }))).toMatchObject({ open: 47 })
  })

  test('counts a warning as shown once both have approved the plan that shows it', () => {
    expect(row('R1', whole)).toMatchObject({ status: 'shown', answeredBy: 'alice@contoso.com, bob@contoso.com' })
    expect(row('R1', without('approve-slot-1'))).toMatchObject({ status: 'open' })
    expect(notices.map(({ id }) => id)).toEqual(['R1', 'R4', 'R5', 'R6', 'R16', 'R17', 'R47'])
  })

  test('calls a mail to another than Microsoft’s alias attested by those who approved the plan that says so', () => {
    const elsewhere = {
      ...plan,
      deployment: { ...plan.deployment, aliases: { sharepoint: 'nobody@elsewhere.example' } }
    }
    expect(row('R22', whole)).toMatchObject({ status: 'proved' })
    expect(row('R22', { ...whole, plan: elsewhere })).toMatchObject({
      status: 'attested',
      task: 'approve-slot-1, approve-slot-2',
      answeredBy: 'alice@contoso.com, bob@contoso.com'
    })
  })

  test('names every record by batch and place', () => {
    const evidence = [{ store: 'app', name: 'b', sha256: '', requirements: ['R3', 'R8', 'R3'] }] as const
    expect(row('R3', { plan, evidence, tasks: [] })).toMatchObject({ evidence: ['b#0', 'b#2'], status: 'proved' })
  })

  test('does not call proved what was seen for some vaults only', () => {
    const some = facts.evidence.slice(1)
    expect(row('R44', { ...whole, evidence: some })).toMatchObject({ status: 'open' })
    expect(row('R3', { ...whole, evidence: some })).toMatchObject({ status: 'proved' })
  })

  test('proves a requirement by the evidence of another where one shows the other', () => {
    expect(row('R43', whole)?.evidence).toEqual(row('R42', whole)?.evidence)
    expect(row('R10', whole)?.evidence).toEqual(row('R40', whole)?.evidence)
  })

  test('names the tasks that attest and who answered them', () => {
    expect(row('R11', whole)).toMatchObject({
      task: 'approve-slot-1, approve-slot-2',
      answeredBy: 'alice@contoso.com, bob@contoso.com',
      status: 'proved'
    })
    expect(row('R13', whole)).toMatchObject({ task: 'offer-exchange, offer-sharepoint, offer-multi-workload' })
  })

  test('calls the mails attested where people send them, once each was said to be sent', () => {
    const byPeople = planOf({ ...threeWorkloads(), mail: 'person' })
    const sources = { ...whole, plan: byPeople }
    expect(row('R22', sources)).toMatchObject({ status: 'open' })
    const sent = planWorkloads(byPeople).map((workload) => ({
      task: { kind: 'send-mail', workload } as const,
      by: 'bob@contoso.com',
      at: '2026-11-23T18:12:00.000Z'
    }))
    expect(row('R22', { ...sources, tasks: [...facts.answers, ...sent] })).toMatchObject({
      status: 'attested',
      answeredBy: 'bob@contoso.com'
    })
    expect(row('R23', sources)).toMatchObject({ status: 'proved' })
  })

  test('leaves open what one of two people has not answered', () => {
    expect(row('R11', without('approve-slot-2'))).toMatchObject({ status: 'open', task: 'approve-slot-1' })
    expect(row('R15', without('offer-sharepoint'))).toMatchObject({ status: 'open' })
  })

  test('wants for the backups both evidence and each slot’s word on the offline copy', () => {
    expect(row('R45', whole)).toMatchObject({ status: 'proved', task: 'attest-offline-1, attest-offline-2' })
    expect(row('R45', without('attest-offline-1'))).toMatchObject({ status: 'open' })
    expect(row('R45', { ...whole, evidence: [] })).toMatchObject({ status: 'open' })
  })

  test('does not wait for Microsoft’s acknowledgement, and names who recorded it', () => {
    const acknowledged: AnsweredTask = {
      task: { kind: 'acknowledge' },
      by: 'alice@contoso.com',
      at: '2026-11-24T17:00:00.000Z'
    }
    expect(row('R25', whole)).toMatchObject({ status: 'proved' })
    expect(row('R25', { ...whole, tasks: [...whole.tasks, acknowledged] })).toMatchObject({ task: 'acknowledge' })
  })

  test('calls attested, not proved, what an operator overrode', () => {
    const said = { by: 'bob@contoso.com', reason: 'Bought today', at: '2026-11-23T17:00:00.000Z' }
    const override = { ...said, code: 'licence-tenant', requirement: 'R3' } as const
    expect(row('R3', { ...whole, overrides: [override] })).toMatchObject({
      status: 'attested',
      task: 'override-licence-tenant',
      answeredBy: 'bob@contoso.com'
    })
    expect(row('R2', { ...whole, overrides: [override] })).toMatchObject({ status: 'proved' })
  })
})
