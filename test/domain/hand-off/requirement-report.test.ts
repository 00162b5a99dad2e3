import { describe, expect, test } from 'vitest'
import { allChecks } from '../../../src/domain/checks/all-checks.ts'
import { refusedChecks } from '../../../src/domain/checks/refused.ts'
import { planWorkloads } from '../../../src/domain/plan/plan-workloads.ts'
import { taskName } from '../../../src/domain/tasks/task.ts'
import { notices, requirementTable } from '../../../src/domain/requirements/requirement-table.ts'
import {
  requirementCounts,
  requirementReport,
  type RequirementSources,
  type RequirementStatus
} from '../../../src/domain/hand-off/requirement-report.ts'
import { neededFacts } from '../../../src/domain/hand-off/seen-facts.ts'
import type { Answer } from '../../../src/domain/tasks/answers.ts'
import { usualDeployment } from '../../../src/domain/plan/deployment.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { personNamed, planOf, threeWorkloads } from '../examples.ts'
import { finished } from '../finished.ts'
import { matching } from '../matching.ts'

const plan = planOf(threeWorkloads())
function sourcesOf(of: Plan): RequirementSources {
  const { verifiedSince: since, answers: tasks, ...rest } = finished(of)
  return { ...rest, plan: of, since, tasks }
}

const whole = sourcesOf(plan)

const row = (id: string, sources: RequirementSources): RequirementStatus | undefined =>
  requirementReport(sources).find((each) => each.id === id)

const without = (task: string): RequirementSources => ({
  ...whole,
  tasks: whole.tasks.filter((answer) => taskName(answer.task) !== task)
})

const unseen = (fits: (record: RequirementSources['records'][number]) => boolean): RequirementSources => ({
  ...whole,
  records: whole.records.filter((record) => !fits(record))
})

test('the table has R1 to R47, in order, and no two requirements read the same', () => {
  expect(requirementTable.map(({ id }) => id)).toEqual(Array.from({ length: 47 }, (_, index) => `R${index + 1}`))
  expect(new Set(requirementTable.map(({ title }) => title)).size).toBe(47)
})

describe('the report', () => {
  test('of a finished onboarding leaves nothing unproved, and every row has evidence or a word, dates and a count', () => {
    const report = requirementReport(whole)
    expect(report.filter(({ missing }) => missing !== undefined)).toEqual([])
    expect(requirementCounts(report)).toEqual({
      proved: 33,
      provedAndAttested: 3,
      attested: 4,
      shown: 7,
      notProved: 0
    })
    for (const each of report) {
      expect(each.evidence.length + each.words.length, each.id).toBeGreaterThan(0)
      expect([each.between?.length, each.count.seen], each.id).toEqual([2, each.count.of])
      expect(each.count.of, each.id).toBeGreaterThan(0)
    }
  })

  test('of nothing proves nothing', () => {
    expect(requirementCounts(requirementReport({ ...whole, records: [], tasks: [] }))).toMatchObject({ notProved: 47 })
  })

  test('says of a row what could not be looked at, once, and stands for the rest', () => {
    const unread = 'eligible roles are unread'
    const records = whole.records.map((each) => (each.check === 'administrators-apart' ? { ...each, unread } : each))
    const [seen, all] = [row('R32', { ...whole, records }), row('R32', whole)]
    expect([seen?.unread, all?.unread]).toEqual([[unread], undefined])
    expect(seen).toEqual({ ...all, unread: [unread] })
  })

  test('stops calling proved whatever rests on a record that is missing, one after the other', () => {
    for (const record of whole.records) {
      const report = requirementReport(unseen(({ id }) => id === record.id))
      const changed = report.filter(({ status }) => status === 'not proved')
      expect(
        changed.map(({ id }) => id),
        record.id
      ).toContain(record.requirement)
      for (const { missing, count } of changed) {
        expect(missing).toContain(record.check)
        expect(count.seen).toBe(count.of - 1)
      }
    }
  })

  test('stops so too where evidence of any one vault, slot, workload or person is gone', () => {
    const subjects = new Set(whole.records.map(({ resource }) => resource))
    for (const subject of subjects) {
      const report = requirementReport(unseen(({ resource }) => resource === subject))
      const proved = report.filter(({ status }) => status.startsWith('proved'))
      const needs = requirementTable.filter((facts) =>
        neededFacts(facts, whole).some(({ resource }) => resource.id === subject)
      )
      expect(needs.length, subject).toBeGreaterThan(0)
      expect(proved.filter(({ id }) => needs.some((each) => each.id === id))).toEqual([])
    }
  })

  test('stops so too where a record is older than the look before the hand-off, or another identity’s', () => {
    const early = whole.records.map((each) =>
      each.check === 'vault-premium' ? { ...each, at: '2026-11-30T23:39:59.999Z' } : each
    )
    expect(row('R28', { ...whole, records: early })).toMatchObject({
      status: 'not proved',
      count: { of: 8, seen: 2 },
      missing: 'nobody saw vault-premium of Contoso-CK-EX-NA-VaultA1 in the look before the hand-off'
    })
    const app = { operation: 'GET subscription', requestId: 'r', identity: 'app' } as const
    const another = whole.records.map((each) => (each.check === 'registration-sent' ? { ...each, call: app } : each))
    expect(row('R19', { ...whole, records: another })).toMatchObject({ status: 'not proved' })
  })

  test('holds the newest of two looks, and tells what was seen', () => {
    const gone = whole.records.flatMap((each) =>
      each.check === 'licence'
        ? [each, { ...each, id: 'later#0', at: '2026-11-30T23:41:30.000Z', held: false, observed: 'none known' }]
        : [each]
    )
    expect(row('R3', { ...whole, records: gone })).toMatchObject({
      status: 'not proved',
      missing: 'licence of contoso.onmicrosoft.com: none known'
    })
  })

  test('wants registrations before the first mail, and no other', () => {
    const late = whole.records.map((each) =>
      each.check === 'registration-sent' ? { ...each, at: '2026-11-23T18:14:00.000Z' } : each
    )
    expect(row('R18', { ...whole, records: late })).toMatchObject({ status: 'not proved' })
  })

  test('counts a warning as shown once both have approved the plan that shows it', () => {
    expect(row('R1', whole)).toMatchObject({
      status: 'shown',
      answeredBy: 'alice@contoso.com, bob@contoso.com',
      count: { of: 2, seen: 2 }
    })
    expect(row('R1', whole)?.words[0]).toMatchObject({
      by: 'alice@contoso.com',
      at: '2026-11-23T17:40:00.000Z',
      in: 'shown'
    })
    expect(row('R1', without('approve-slot-1'))).toMatchObject({ status: 'not proved' })
    const renamed = whole.shown.map((each) => ({ ...each, by: 'another.name@contoso.com' }))
    expect(row('R1', { ...whole, shown: renamed })).toMatchObject({ status: 'shown', count: { of: 2, seen: 2 } })
    expect(row('R1', { ...whole, shown: whole.shown.slice(1) })).toMatchObject({
      status: 'not proved',
      count: { of: 2, seen: 1 }
    })
    expect(notices.map(({ id }) => id)).toEqual(['R1', 'R4', 'R5', 'R6', 'R16', 'R17', 'R47'])
  })

  test('names the tasks that attest, who answered them, when, and where it stands', () => {
    expect(row('R11', whole)).toMatchObject({ task: 'approve-slot-1, approve-slot-2', status: 'proved' })
    expect(row('R13', whole)).toMatchObject({ task: 'offer-exchange, offer-sharepoint, offer-multi-workload' })
    expect(row('R2', whole)).toMatchObject({
      status: 'proved · attested',
      words: [
        { task: 'approve-slot-1', by: 'alice@contoso.com', at: '2026-11-30T23:42:00.000Z', in: 'approvals' },
        { task: 'approve-slot-2', by: 'bob@contoso.com', in: 'approvals' }
      ]
    })
  })

  test('calls attested only what an answer says: who signed in, and which offer was chosen', () => {
    const silent = whole.tasks.map((each): Answer => {
      if (each.task.kind !== 'offer' || !('requestId' in each.answer)) return each
      const { requestId, officers } = each.answer
      return { ...each, task: each.task, answer: { requestId, officers } }
    })
    const sources = { ...whole, tasks: silent }
    expect(['R9', 'R13', 'R14', 'R15'].map((id) => row(id, sources)?.status)).toEqual([
      'not proved',
      'attested',
      'not proved',
      'attested'
    ])
    expect(row('R9', whole)).toMatchObject({ status: 'attested', count: { of: 3, seen: 3 } })
  })

  test('calls the mails attested where people send them, once each was said to be sent', () => {
    const byPeople = planOf({ ...threeWorkloads(), mail: 'person' })
    const sources = sourcesOf(byPeople)
    expect(row('R22', sources)).toMatchObject({ status: 'not proved' })
    const sent = planWorkloads(byPeople).map(
      (workload): Answer => ({
        task: { kind: 'send-mail', workload },
        by: 'bob@contoso.com',
        person: personNamed('bob@contoso.com'),
        at: '2026-11-23T18:12:00.000Z',
        answer: {}
      })
    )
    const all = { ...sources, tasks: [...sources.tasks, ...sent] }
    expect(row('R22', all)).toMatchObject({ status: 'attested', answeredBy: 'bob@contoso.com' })
    expect(row('R23', all)).toMatchObject({ status: 'attested' })
  })

  test('calls attested a mail to whom the deployment sets in the place of Microsoft’s alias', () => {
    const elsewhere = planOf(threeWorkloads(), {
      ...usualDeployment,
      aliases: { sharepoint: 'nobody@elsewhere.example' }
    })
    const sources = sourcesOf(elsewhere)
    const records = sources.records.map((each) =>
      each.check === 'mail-alias' && each.resource === 'nobody@elsewhere.example' ? { ...each, held: false } : each
    )
    expect(row('R22', { ...sources, records })).toMatchObject({
      status: 'proved · attested',
      count: { of: 3, seen: 2 },
      task: 'approve-slot-1, approve-slot-2'
    })
  })

  test('proves nothing where one of two people has not answered', () => {
    expect(row('R11', without('approve-slot-2'))).toMatchObject({ status: 'not proved', task: 'approve-slot-1' })
    expect(row('R15', without('offer-sharepoint'))).toMatchObject({ status: 'not proved' })
  })

  test('wants for the backups both evidence and each slot’s word on the offline copy', () => {
    expect(row('R45', whole)).toMatchObject({
      status: 'proved · attested',
      task: 'attest-offline-1, attest-offline-2'
    })
    expect(row('R45', without('attest-offline-1'))).toMatchObject({ status: 'not proved' })
    expect(row('R45', { ...whole, records: [] })).toMatchObject({ status: 'not proved' })
  })

  test('does not wait for Microsoft’s acknowledgement, and says that a person recorded it', () => {
    const acknowledged: Answer = {
      task: { kind: 'acknowledge' },
      by: 'alice@contoso.com',
      person: personNamed('alice@contoso.com'),
      at: '2026-11-24T17:00:00.000Z',
      answer: {}
    }
    expect(row('R25', whole)).toMatchObject({ status: 'proved' })
    expect(row('R25', { ...whole, tasks: [...whole.tasks, acknowledged] })).toMatchObject({
      status: 'proved · attested',
      task: 'acknowledge'
    })
  })

  test('wants of a breach that each alias was told each time it was due: by the app, or by a person who says so', () => {
    const takenAt = '2026-12-02T17:00:00.000Z'
    const escalated = (taken: readonly number[], tasks: readonly Answer[] = []) =>
      row('R25', {
        ...whole,
        escalations: [1, 2].map((number) => ({
          ...{ workload: 'exchange', number },
          ...(taken.includes(number) && { takenAt })
        })),
        tasks: [...whole.tasks, ...tasks]
      })
    const sent: Answer = {
      task: { kind: 'send-escalation', workload: 'exchange', number: 1 },
      by: 'bob@contoso.com',
      person: personNamed('bob@contoso.com'),
      at: '2026-12-02T18:00:00.000Z',
      answer: {}
    }
    expect(escalated([1, 2])).toMatchObject({ status: 'proved' })
    expect(escalated([2])).toMatchObject({ status: 'not proved', missing: matching(/escalation 1 of the breach/) })
    expect(escalated([2], [sent])).toMatchObject({ status: 'proved · attested' })
    expect(escalated([1], [sent])).toMatchObject({
      status: 'not proved',
      missing: matching(/escalation 2 of the breach/)
    })
  })

  test('calls attested, not proved, what an operator overrode and what did not hold in the end', () => {
    const said = { by: 'bob@contoso.com', reason: 'Bought today', at: '2026-11-23T17:00:00.000Z' }
    const override = { ...said, code: 'licence-tenant', observed: 'none', requirement: 'R3' } as const
    const broken = { held: false, observed: 'none' }
    const records = whole.records.map((each) => (each.check === 'licence' ? { ...each, ...broken } : each))
    const overridden = { ...whole, records, overrides: [override] }
    expect(row('R3', overridden)).toMatchObject({
      status: 'attested',
      task: 'override-licence-tenant',
      words: [{ in: 'overrides', by: 'bob@contoso.com' }]
    })
    expect(row('R2', overridden)?.task).not.toContain('override')
    expect(row('R3', { ...overridden, records: whole.records })).toMatchObject({ status: 'proved' })
  })

  test('says both where a part is overridden', () => {
    const said = { by: 'bob@contoso.com', reason: 'Ours', at: '2026-11-23T17:00:00.000Z' }
    const override = {
      ...said,
      code: 'foreign-resources-slot-1',
      observed: '1 other: vm-1',
      requirement: 'R12'
    } as const
    const isIt = ({ check, resource }: { check: string; resource: string }): boolean =>
      check === 'foreign-resources' && resource === plan.slots[0].subscriptionId
    const records = whole.records.map((each) =>
      isIt(each) ? { ...each, held: false, observed: '1 other: vm-1' } : each
    )
    expect(row('R12', { ...whole, records, overrides: [override] })).toMatchObject({
      status: 'proved · attested',
      count: { of: 2, seen: 1 },
      despite: [`foreign-resources of ${plan.slots[0].subscriptionId}: 1 other: vm-1`]
    })
  })
})

/** Checks that are no part of what a hand-off says, each with the reason. */
const noPart = new Set([
  ...['vault-name-free', 'mail-not-delivered', 'mail-unconfirmed'], // before there is anything to hand off; an override of it is told
  'retention-not-propagated', // what `key-recovery-level` finds where time may cure it
  'backup-not-immutable', // says in evidence what the plan says
  ...['events-topic', 'events-subscribed', 'events-dead-letters', 'events-refused'], // only where a webhook is set
  ...[
    'vault-tagged',
    'vault-has-keys',
    'keys-there',
    'key-versions-enabled',
    'key-not-expired',
    'key-not-expiring',
    'key-versions-expiry'
  ],
  'person-mail', // of the app’s own mails
  'slot-template', // of this app’s own deployment, which the article knows nothing of
  ...['offline-copy', 'drill-versions'] // after the hand-off
])

test('every check stands in the table, or is named as no part of what a hand-off says', () => {
  const inTable = new Set(requirementTable.flatMap(({ proofs }) => proofs.flatMap(({ checks }) => checks)))
  const others = allChecks.filter(({ code, on }) => on !== 'step' && !inTable.has(code)).map(({ code }) => code)
  const refusals = new Set(Object.values(refusedChecks).map(({ code }) => code)) // no call answered: no evidence
  const steps = [
    'vault-reachable',
    'vault-readable',
    'backup-unreachable',
    'backup-unreadable',
    'azure-stalled',
    'stopped'
  ]
  expect(others.filter((code) => !noPart.has(code) && !steps.includes(code) && !refusals.has(code))).toEqual([])
})
