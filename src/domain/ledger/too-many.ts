import { mostOfficersEach, mostProposalsEach, mostReplacements } from '../plan/replacements.ts'
import type { Answer } from '../tasks/answers.ts'
import type { Amendment } from './amendment.ts'

type Giver = Pick<Answer, 'id' | 'person' | 'by'>

/**
 * Why somebody may propose no more replacements of operators, in a sentence. Who proposes without end uses up nobody's turn but
 * their own: what one person says never keeps others from replacing somebody, them perhaps (R11).
 */
export function whyNoProposal(amendments: readonly Amendment[], giver: Giver): string | undefined {
  const stand = amendments.flatMap((each) => (each.of === 'operator' ? [each.proposal ?? each.id] : []))
  if (stand.length >= mostReplacements)
    return `${mostReplacements} people were replaced: cancel, and start anew with those who are there.`
  const own = of(amendments, 'proposal', giver).filter(({ id }) => !stand.includes(id))
  return own.length < mostProposalsEach
    ? undefined
    : `${giver.by} has proposed ${mostProposalsEach} times what did not come to stand: let another operator propose it.`
}

/** The same of officers, whom one person's word replaces. */
export const whyNoOfficer = (amendments: readonly Amendment[], giver: Giver): string | undefined =>
  of(amendments, 'officer', giver).length < mostOfficersEach
    ? undefined
    : `${giver.by} has replaced ${mostOfficersEach} officers: let another Approver say it.`

/** One that was written down before its verdict, by an instance that died in between, is not counted against itself. */
const of = (amendments: readonly Amendment[], kind: Amendment['of'], { id, person }: Giver): readonly Amendment[] =>
  amendments.filter((each) => each.of === kind && each.id !== id && each.answered.person.oid === person.oid)
