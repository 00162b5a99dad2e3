import { expect, test } from 'vitest'
import type { Amendment } from '../../../src/domain/ledger/amendment.ts'
import { whyNoOfficer, whyNoProposal } from '../../../src/domain/ledger/too-many.ts'
import { mostOfficersEach, mostProposalsEach, mostReplacements } from '../../../src/domain/plan/replacements.ts'
import { personNamed } from '../examples.ts'

const at = '2026-11-30T18:00:00.000Z'
const evidence = { store: 'app', name: 'e', sha256: '0', requirements: [] } as const
const giver = (by: string, id?: string) => ({ by, person: personNamed(by), ...(id !== undefined && { id }) })

type Of<Kind extends Amendment['of']> = Extract<Amendment, { of: Kind }>

function proposed(by: string, id: string): Of<'proposal'> {
  const task = { kind: 'replace-operator', slot: 1 } as const
  const change = { leaves: 'alice@contoso.com', joins: 'anna@contoso.com' }
  const answered = { ...giver(by, id), at, task, answer: { ...change, reason: 'Alice has left' } }
  return { of: 'proposal', id, slot: 1, at, ...change, objectId: 'anna', evidence, answered }
}

const stands = (proposal: Of<'proposal'>): Of<'operator'> => ({
  ...proposal,
  of: 'operator',
  id: `${proposal.id}.stands`,
  proposal: proposal.id
})

function officer(by: string, id: string): Of<'officer'> {
  const joins = { name: 'Omar', email: 'omar@contoso.com' }
  const answer = { leaves: 'olga@contoso.com', joins, reason: 'Olga retires' }
  return { of: 'officer', id, at, answered: { ...giver(by, id), at, task: { kind: 'replace-officer' }, answer } }
}

const times = <T>(count: number, make: (id: string) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(String(index)))

test('who proposes without end uses up nobody’s turn but their own', () => {
  const all = times(mostProposalsEach, (id) => proposed('mallory@contoso.com', id))
  expect(whyNoProposal(all, giver('mallory@contoso.com'))).toContain('let another operator propose it')
  expect(whyNoProposal(all, giver('bob@contoso.com'))).toBeUndefined()
  expect(whyNoProposal(all, giver('mallory@contoso.com', '0'))).toBeUndefined() // the same, judged once more
})

test('who exchanges officers without end keeps nobody from replacing an officer or an operator', () => {
  const all = times(mostOfficersEach, (id) => officer('mallory@contoso.com', id))
  expect(whyNoOfficer(all, giver('mallory@contoso.com'))).toContain('let another Approver say it')
  expect(whyNoOfficer(all, giver('bob@contoso.com'))).toBeUndefined()
  expect(whyNoProposal(all, giver('bob@contoso.com'))).toBeUndefined()
})

test('what came to stand is no try of its proposer, and so many may in all', () => {
  const all = times(mostReplacements - 1, (id) => proposed('bob@contoso.com', id))
  expect(whyNoProposal([...all, ...all.map(stands)], giver('bob@contoso.com'))).toBeUndefined()
  const last = proposed('carol@contoso.com', 'last')
  expect(whyNoProposal([...all, ...all.map(stands), last, stands(last)], giver('bob@contoso.com'))).toContain('cancel')
})
