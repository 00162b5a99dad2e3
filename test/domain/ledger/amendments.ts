import type { Amendment } from '../../../src/domain/ledger/amendment.ts'
import { personNamed } from '../examples.ts'

export type AmendmentOf<Kind extends Amendment['of']> = Extract<Amendment, { of: Kind }>

const at = '2026-11-30T18:00:00.000Z'
const change = { leaves: 'alice@contoso.com', joins: 'anna@contoso.com' }
const standard = { ...change, objectId: 'Anna' }
const evidence = { store: 'app', name: 'e', sha256: '0', requirements: [] } as const

export const giver = (by: string, id?: string) => ({ by, person: personNamed(by), ...(id !== undefined && { id }) })

/** Somebody proposes that Alice is replaced; of slot 1, and by Anna, where nothing else is said. */
export function proposed(
  by: string,
  id: string,
  others: Partial<Pick<AmendmentOf<'proposal'>, 'leaves' | 'joins' | 'objectId'>> = {}
): AmendmentOf<'proposal'> {
  const { leaves, joins, objectId } = { ...standard, ...others }
  const answered = {
    ...giver(by, id),
    at,
    task: { kind: 'replace-operator', slot: 1 } as const,
    answer: { leaves, joins, reason: 'They have left' }
  }
  return { of: 'proposal', id, slot: 1, at, leaves, joins, objectId, evidence, answered }
}

/** It stands. */
export const stands = (
  proposal: AmendmentOf<'proposal'>,
  second?: AmendmentOf<'operator'>['second']
): AmendmentOf<'operator'> => ({
  ...proposal,
  of: 'operator',
  id: `${proposal.id}.stands`,
  proposal: proposal.id,
  ...(second && { second })
})

export function officer(by: string, id: string): AmendmentOf<'officer'> {
  const joins = { name: 'Omar', email: 'omar@contoso.com' }
  const answer = { leaves: 'olga@contoso.com', joins, reason: 'Olga retires' }
  return { of: 'officer', id, at, answered: { ...giver(by, id), at, task: { kind: 'replace-officer' }, answer } }
}

/** A Custodian's second word. */
export const custodian = (by: string): AmendmentOf<'operator'>['second'] => ({
  way: 'custodian',
  at,
  answered: { ...giver(by), at, task: { kind: 'confirm-replacement', slot: 1 }, answer: change }
})

export const owner = (by: string): AmendmentOf<'operator'>['second'] => ({ way: 'owner', at, by, assignment: 'a' })

export const delay: AmendmentOf<'operator'>['second'] = { way: 'delay', at, mailedAt: at }

export const withdrawn = (proposal: string): AmendmentOf<'withdrawal'> => ({
  of: 'withdrawal',
  id: `${proposal}.withdrawn`,
  at,
  proposal,
  answered: {
    ...giver('alice@contoso.com'),
    at,
    task: { kind: 'withdraw-replacement', slot: 1 },
    answer: { reason: 'They have not left' }
  }
})

export const confirmed = (proposal: string): AmendmentOf<'plan-confirmed'> => ({
  of: 'plan-confirmed',
  id: `${proposal}.confirmed`,
  at,
  proposal,
  answered: {
    ...giver('anna@contoso.com'),
    at,
    task: { kind: 'confirm-plan', slot: 1 },
    answer: { planDigest: `v1.${'a'.repeat(64)}` }
  }
})
