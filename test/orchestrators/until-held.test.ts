import { expect, test } from 'vitest'
import { tryOrchestrator } from '../../local/host/testing.ts'
import type { Finding } from '../../src/domain/terms/evidence.ts'
import type { Refusal } from '../../src/domain/terms/outcome.ts'
import { act, type Context, type Story } from '../../src/orchestrators/durable.ts'
import { tried, type About } from '../../src/orchestrators/until-held.ts'

const second = '2b1e7a34-1111-4222-8333-444455556666'
const ofBoth: About = { code: 'subscriptions', requirement: 'R46', resource: 'both subscriptions', several: true }

/** What a step about this becomes, whose only activity Azure refuses so. */
async function findingsOf(about: About, refused: Refusal): Promise<Finding[]> {
  const orchestrator = function* (context: Context): Story<readonly Finding[]> {
    const { findings } = yield* tried(function* () {
      yield* act(context, 'purge-finished', { before: 'x' })
      return { findings: [] }
    }, about)
    return findings
  }
  const { output } = await tryOrchestrator({ orchestrator, activities: { 'purge-finished': () => ({ refused }) } })
  return output as Finding[] // what the orchestrator returns
}

const unknown = { message: 'Azure Resource Manager rejected the request (418 Teapot): GET feature as slot-2.' }

test.each(['invalid', 'unreadable'])(
  'a refusal of unknown cause (%s) names the subscription of the refused call, and what to look at there',
  async (kind) => {
    const [finding] = await findingsOf(ofBoth, { ...unknown, kind, place: { subscriptionId: second } })
    expect(finding).toMatchObject({ resource: second, requirement: 'R46', observed: unknown.message })
    expect(finding?.code).toMatch(/-subscriptions$/) // which is retried: the step
  }
)

test('where no address tells, or a step is of one thing, the finding names what the step is about', async () => {
  expect(await findingsOf(ofBoth, { ...unknown, kind: 'invalid', place: {} })).toMatchObject([
    { resource: 'both subscriptions' }
  ])
  const ofOne: About = { code: 'make-vault-v', requirement: 'R27', resource: 'V' }
  expect(await findingsOf(ofOne, { ...unknown, kind: 'invalid', place: { subscriptionId: second } })).toMatchObject([
    { resource: 'V' }
  ])
})
