import { describe, expect, test } from 'vitest'
import { digestOf } from '../../src/domain/plan/plan-digest.ts'
import type { Plan } from '../../src/domain/plan/plan.ts'
import { keepPlan, planOf } from '../../src/records/plan.ts'
import { UnreadableRecord } from '../../src/contracts/unreadable-record.ts'
import { parsed, planOf as planned, sha256, threeWorkloads } from '../domain/examples.ts'
import { memoryStore } from './memory-store.ts'

const request = parsed(threeWorkloads())
const plan = planned(threeWorkloads())
const name = `${plan.id}/plan.json`

async function storeWith(content: object) {
  const store = memoryStore()
  const bytes = new TextEncoder().encode(JSON.stringify(content))
  await store.putNew({ container: 'records', name }, { bytes, contentType: 'application/json' })
  return store
}

/** A plan as another release might have said it. */
function reworded(): Plan {
  const content = { ...plan, irreversible: ['All of this stays.'] }
  return { ...content, digest: digestOf(content, sha256) }
}

describe('the plan of an onboarding', () => {
  test('is kept once with its request, and read back by name and digest', async () => {
    const store = memoryStore()
    const ref = await keepPlan(store, { request, plan })
    expect(ref).toEqual({ name, digest: plan.digest })
    expect(await keepPlan(store, { request, plan })).toEqual(ref)
    expect(await planOf(store, { name, digest: plan.digest })).toEqual(plan)
  })

  test('is not replaced by another under the same id: whoever would start that is told', async () => {
    const store = memoryStore()
    await keepPlan(store, { request, plan })
    expect(await keepPlan(store, { request, plan: reworded() })).toBeUndefined()
    expect(await planOf(store, { name, digest: plan.digest })).toEqual(plan)
  })

  test('stays what was approved when a release words it anew: it is read, not made', async () => {
    const earlier = reworded()
    const store = memoryStore()
    await keepPlan(store, { request, plan: earlier })
    expect((await planOf(store, { name, digest: earlier.digest })).irreversible).toEqual(['All of this stays.'])
  })

  test.each<[string, object, RegExp]>([
    ['that somebody changed', { format: 1, request, plan: { ...plan, keySize: 4096 } }, /not what its digest says/],
    ['of another digest', { format: 1, request, plan: reworded() }, /and v1\..* was approved/],
    ['of a format to come', { format: 2, request, plan }, /its format is 2/],
    ['that lacks people', { format: 1, request, plan: { ...plan, people: undefined } }, /people/]
  ])('is refused if it is one %s', async (_title, content, why) => {
    const read = planOf(await storeWith(content), { name, digest: plan.digest })
    await expect(read).rejects.toThrow(UnreadableRecord)
    await expect(read).rejects.toThrow(why)
  })

  test('that is missing says so', async () => {
    await expect(planOf(memoryStore(), { name, digest: plan.digest })).rejects.toThrow(/plan\.json .*it is missing/)
  })
})
