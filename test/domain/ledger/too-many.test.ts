import { expect, test } from 'vitest'
import { whyNoOfficer, whyNoProposal } from '../../../src/domain/ledger/too-many.ts'
import { mostOfficersEach, mostProposalsEach, mostReplacements } from '../../../src/domain/plan/replacements.ts'
import { giver, officer, proposed, stands } from './amendments.ts'

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
  expect(whyNoProposal([...all, ...all.map((each) => stands(each))], giver('bob@contoso.com'))).toBeUndefined()
  const last = proposed('carol@contoso.com', 'last')
  expect(
    whyNoProposal([...all, ...all.map((each) => stands(each)), last, stands(last)], giver('bob@contoso.com'))
  ).toContain('cancel')
})
