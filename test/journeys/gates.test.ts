import { beforeAll, describe, expect, test } from 'vitest'
import { appRoleAssignments, eligibilities, users } from '../../local/azure/graph/directory.ts'
import { groups } from '../../local/azure/graph/groups.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { addPerson } from '../app/people.ts'
import { removeSetupRole } from '../../local/azure/setup-roles.ts'
import { importKey } from '../../local/rehearsal/import-key.ts'
import type { OnboardingView } from '../../local/rehearsal/onboarding-view.ts'
import { draftPlan } from '../../src/domain/plan/build-plan.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, fromOffersToApprovals, useApp } from '../app/running-app.ts'

const firsts = '5c1be0d2-3c4d-4e5f-8a9b-0c1d2e3f4a51'
const keepers = '0d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b'
// The seed puts one person into each group of a request, and another one into a group within it.
const fay = 'ann.5c1be0d2@fabrikam.com'
const [ann, ben] = ['ann.0d6fb1a2@fabrikam.com', 'ben.0d6fb1a2@fabrikam.com'] as const

const {
  organization: { tenantId },
  subscriptions
} = fabrikam()
const request = fabrikam({
  id: 'gates',
  keys: 'imported',
  subscriptions: subscriptions.map((each) => ({
    ...each,
    operators: each.slot === 1 ? [alice, firsts] : [bob, keepers]
  }))
})
const plan = draftPlan(request)
const app = useApp({}, request)
const id = (upn: string): string => userId(tenantId, upn)
const world = () => app.stage.azure.world

/** Puts somebody into a group; what it returns takes them out again. */
function join(group: string, upn: string): () => void {
  const there = groups(world()).get(group)
  if (!there) throw new Error('The seed has no such group.')
  groups(world()).set(group, { ...there, members: [...there.members, id(upn)] })
  return () => groups(world()).set(group, there)
}

/** Says it, and what became of it: the reason why not, or `taken`. */
async function becomes(task: string, actor: string, answer: unknown = {}): Promise<unknown> {
  const own = ({ answers }: OnboardingView) => answers.filter((each) => each.task === task && each.by === actor)
  const before = own(await app.view('gates')).length
  const { status } = await app.answer('gates', task, actor, answer)
  if (status !== 202) return status
  const view = await app.until('gates', (seen) => own(seen)[before]?.verdict !== undefined)
  const { verdict, why } = own(view)[before] ?? {}
  return verdict === 'taken' ? verdict : why
}

const stands = expect.stringContaining('stands for the other slot')

beforeAll(async () => {
  const started = await app.start(request)
  expect(started.status, started.text).toBe(202)
  await fromOffersToApprovals(app, 'gates')
}, 60_000)

const vaultOf = (slot: 1 | 2): string => plan.policies[0]?.vaults[slot - 1]?.vaultName.toLowerCase() ?? ''

describe('an operator of slot 1 who joins the group of slot 2', () => {
  test('during the approvals approves neither slot', async () => {
    const { planDigest } = await app.view('gates')
    const leave = join(keepers, alice)
    expect(await becomes('approve-slot-1', alice, { planDigest })).toEqual(stands)
    expect(await becomes('approve-slot-2', alice, { planDigest })).toEqual(stands)
    leave()
    expect(await becomes('approve-slot-1', alice, { planDigest })).toBe('taken')
    expect(await becomes('approve-slot-2', ben, { planDigest })).toBe('taken')
  })

  test('during the wait imports the key of neither', { timeout: 120_000 }, async () => {
    const leave = join(keepers, alice)
    await app.until('gates', ({ tasks }) => tasks.filter(({ name }) => name.startsWith('import-')).length === 2)
    for (const slot of [1, 2] as const) {
      await importKey(app.stage.azure, plan, { kind: 'import-key', vault: vaultOf(slot) })
      expect(await becomes(`import-${vaultOf(slot)}`, alice)).toEqual(stands)
    }
    leave()
    expect(await becomes(`import-${vaultOf(1)}`, alice)).toBe('taken')
    expect(await becomes(`import-${vaultOf(2)}`, bob)).toBe('taken')
  })
})

describe('what each slot’s people do at the end', () => {
  const ends = [
    ['attest-offline-1', { location: 'safe 12' }],
    ['attest-offline-2', { location: 'safe 14' }],
    ['remove-setup-role-1', {}],
    ['remove-setup-role-2', {}]
  ] as const

  beforeAll(async () => {
    await app.until('gates', ({ step }) => step === 'attestations')
    for (const slot of [1, 2] as const) removeSetupRole(world(), slot)
  }, 120_000)

  test('is not done by somebody who came to stand for both', async () => {
    const leave = join(keepers, alice)
    for (const [task, answer] of ends) expect(await becomes(task, alice, answer), task).toEqual(stands)
    leave()
  })

  test('is not done by who may enter the other slot’s group on demand, or a group within it', async () => {
    for (const groupId of [firsts, groups(world()).get(firsts)?.members[1] ?? '']) {
      eligibilities(world()).set('ann', { id: 'ann', principalId: id(ann), groupId })
      expect(await becomes('attest-offline-2', ann, ends[1][1])).toEqual(stands)
    }
    eligibilities(world()).delete('ann')
  })

  test('is not done by a blocked account, nor without the role, nor by an account made anew, whatever the sign-in says', async () => {
    const known = users(world()).get(ann)
    if (!known) throw new Error('The seed has nobody of that name.')
    users(world()).set(ann, { ...known, accountEnabled: false })
    expect(await becomes('attest-offline-2', ann, ends[1][1])).toMatch(/account of ann\..* is blocked/)
    users(world()).set(ann, known)
    const given = appRoleAssignments(world())
      .values()
      .filter(({ principalId }) => principalId === id(ann))
    for (const each of given) appRoleAssignments(world()).delete(each.id)
    expect(await becomes('attest-offline-2', ann, ends[1][1])).toMatch(/^ann\..* has no role Operator in the app/)
    for (const each of given) appRoleAssignments(world()).set(each.id, each)
    addPerson(world(), alice, id('another alice'))
    expect(await becomes('attest-offline-1', alice, ends[0][1])).toBe(403) // the plan means another object
    addPerson(world(), alice, id(alice))
  })

  test('is not done by who has acted for the other slot, whatever group they are in today', async () => {
    expect(await becomes('attest-offline-2', ann, ends[1][1])).toBe('taken')
    const there = groups(world()).get(keepers)
    groups(world()).set(keepers, { id: keepers, displayName: 'Keepers', members: [id(ben)] })
    const leave = join(firsts, ann)
    expect(await becomes('attest-offline-1', ann, ends[0][1])).toMatch(/^ann\..* has acted for slot 2 of this tenant/)
    leave()
    if (there) groups(world()).set(keepers, there)
    const renamed = users(world()).get(fay) ?? expect.fail('The seed has nobody of that name.')
    users(world()).set('fay@fabrikam.com', { ...renamed, userPrincipalName: 'fay@fabrikam.com' })
    expect(await becomes('attest-offline-1', 'fay@fabrikam.com', ends[0][1])).toBe('taken')
  })

  test('waits while the directory does not answer, and is taken once it says yes', { timeout: 120_000 }, async () => {
    const restored = app.stage.azure.faults.add({ service: 'graph', kind: 'status', times: 'always' })
    const said = app.answer('gates', 'remove-setup-role-1', alice, {})
    const { waits } = await app.until('gates', (view) => view.waits.length > 0)
    expect(waits[0]?.what).toBe(`the directory to say who ${alice} is now`)
    restored()
    expect((await said).status).toBe(202)
    await app.until('gates', ({ answers }) =>
      answers.some(({ task, verdict }) => task === 'remove-setup-role-1' && verdict === 'taken')
    )
    expect(await becomes('remove-setup-role-2', bob)).toBe('taken')
    const { steps } = await app.until('gates', ({ status }) => status === 'completed')
    expect(steps.map(({ title }) => title)).not.toContain('Not read')
  })
})
