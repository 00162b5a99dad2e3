import { expect, test, vi } from 'vitest'
import { vaults } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { outbox } from '../../local/azure/email/outbox.ts'
import { groups } from '../../local/azure/graph/groups.ts'
import { userId } from '../../local/azure/seed-people.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { play, type Played } from './played.ts'
import { oneWorkload } from './requests.ts'

const long = { timeout: 400_000 }
const alice = 'alice@fabrikam.com'
const keepers = '0d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b'
// The seed puts one person into each group of a request, and another one into a group within it.
const ann = 'ann.0d6fb1a2@fabrikam.com'
const ben = 'ben.0d6fb1a2@fabrikam.com'

/** A group stands for slot 2, as operators and as administrators of its vaults. */
function grouped(): OnboardingRequest {
  const { subscriptions, ...rest } = oneWorkload()
  return {
    ...rest,
    subscriptions: subscriptions.map((each) => (each.slot === 2 ? { ...each, operators: [keepers] } : each))
  }
}

const {
  organization: { tenantId }
} = oneWorkload()

/** Puts one more person into the group; what it returns takes them out again. */
function join(
  {
    stage: {
      azure: { world }
    }
  }: Played,
  objectId: string
): () => void {
  const group = groups(world).get(keepers)
  if (!group) throw new Error('The seed has no such group.')
  groups(world).set(keepers, { ...group, members: [...group.members, objectId] })
  return () => groups(world).set(keepers, group)
}

test(
  'a group stands for a slot: its people answer, get the mails, and its vaults know the group itself',
  long,
  async () => {
    const played = await play(grouped())
    const { world } = played.stage.azure
    await played.start()
    const { tasks, planDigest } = await played.until((view) => view.step === 'approvals')
    expect(tasks.find(({ name }) => name === 'approve-slot-2')?.for).toBe(`group ${keepers}`)
    expect(await played.answer('approve-slot-2', 'mallory@fabrikam.com', { planDigest })).toBe(403)
    expect(await played.answer('approve-slot-2', alice, { planDigest })).toBe(403)
    expect(await played.answer('approve-slot-2', ben, { planDigest })).toBe(202)

    const { report, handOff } = await played.end()
    expect([report.outcome, report.findings]).toEqual(['completed', []])
    expect(handOff?.approvals.map(({ task, by }) => [task, by]).toSorted()).toEqual([
      ['approve-slot-1', alice],
      ['approve-slot-2', ben]
    ])
    expect(report.requirements.find(({ id }) => id === 'R11')).toMatchObject({
      status: 'proved',
      answeredBy: expect.stringContaining(ben)
    })
    const done = await vi.waitFor(
      () =>
        outbox(world)
          .values()
          .find(({ subject }) => subject.includes('the keys are ready')) ?? expect.fail('no mail yet'),
      20_000
    )
    expect(done?.to.toSorted()).toEqual([alice, ann, ben])
    const entries = vaults(world).get('fabri-ck-sp-eur-vaulta2')?.properties.accessPolicies ?? []
    expect(entries.map(({ objectId }) => objectId)).toContain(keepers)
  }
)

test(
  'a person who came to stand for both slots since preflight may not approve, as the directory has it at that moment',
  long,
  async () => {
    const played = await play(grouped())
    await played.start()
    await played.until((view) => view.step === 'offers')
    const leave = join(played, userId(tenantId, alice))
    const { tasks } = await played.until((view) =>
      view.tasks.some(({ asks }) => asks.startsWith(`${alice} stands for the other slot`))
    )
    expect(tasks.map(({ name }) => name)).toContain('approve-slot-1')
    leave()
    const { report } = await played.end()
    expect(report.outcome).toBe('completed')
  }
)
