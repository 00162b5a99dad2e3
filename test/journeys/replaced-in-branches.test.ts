import { expect, test, vi } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import { importKey } from '../../local/rehearsal/import-key.ts'
import { draftPlan } from '../../src/domain/plan/build-plan.ts'
import type { OnboardingDocument } from '../../src/domain/views/documents.ts'
import { addPerson } from '../app/people.ts'
import { custodian, replacing } from '../app/replacing.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, fromOffersToApproved, refused, useApp } from '../app/running-app.ts'

const app = useApp()
const id = 'in-branches'
const { stand, read } = replacing(app, id)
const ben = 'ben@fabrikam.com'

function request() {
  const { subscriptions, ...rest } = fabrikam({ id, keys: 'imported' })
  return {
    ...rest,
    subscriptions: subscriptions.map((each) => (each.slot === 2 ? { ...each, operators: [bob] } : each))
  }
}

const document = async (): Promise<OnboardingDocument> =>
  (await app.ask(`/api/onboardings/${id}`, { actor: alice })).body as OnboardingDocument

test('the only operator of a slot may leave while its keys are waited for: who takes over goes on', {
  timeout: 180_000
}, async () => {
  const { azure } = app.stage
  const plan = draftPlan(request())
  addPerson(azure.world, ben)
  await app.start(request())
  await fromOffersToApproved(app, id)

  const vaults = ['fabri-ck-sp-eur-vaulta1', 'fabri-ck-sp-eur-vaulta2'] as const
  const [import1, import2] = [`import-${vaults[0]}`, `import-${vaults[1]}`]
  const asked = await app.until(id, ({ tasks }) =>
    [import1, import2].every((name) => tasks.some((task) => task.name === name))
  )
  expect(asked.tasks.filter(({ name }) => name === 'replace-operator-2')).toHaveLength(1)
  const change = { slot: 2, leaves: bob, joins: ben, by: alice } as const
  await stand(change)
  const operators = async () => (await document()).slots.map((slot) => slot.operators)
  await vi.waitFor(async () => expect(await operators()).toEqual([[alice], []]), 20_000)
  expect(await app.answer(id, import2, ben, {})).toMatchObject(refused(403))
  expect(await read(change)).toMatchObject({ status: 202 })
  await vi.waitFor(async () => expect(await operators()).toEqual([[alice], [ben]]), 20_000)

  for (const vault of vaults) expect(await importKey(azure, plan, { kind: 'import-key', vault })).toBe(true)
  expect(await app.answer(id, import2, bob, {})).toMatchObject(refused(403))
  expect(await app.answer(id, import2, ben, {})).toMatchObject({ status: 202 })
  expect(await app.answer(id, import1, alice, {})).toMatchObject({ status: 202 })
  const { steps, tasks } = await app.until(id, (view) => view.step === 'attestations' && view.tasks.length > 0)
  expect(steps.filter(({ title }) => title === 'Replaced').map(({ detail }) => detail)).toEqual([
    `slot 2: ${ben} for ${bob}, by ${alice}, confirmed by ${custodian}; ${bob} stands in the access policies of vaults that are made already until people change them, which verification asks for`
  ])
  expect(tasks.find(({ name }) => name === 'attest-offline-2')?.for).toBe(ben)
  expect(await app.answer(id, 'attest-offline-2', bob, { location: 'safe 2' })).toMatchObject(refused(403))
  // Both branches heard it, and one of them told.
  const notices = outbox(azure.world)
    .values()
    .filter(({ subject }) => subject.includes(`${ben} takes over for slot 2 in place of ${bob}`))
  expect(notices).toMatchObject([{ to: [bob, ben], cc: ['olga@fabrikam.com', alice] }])
  await app.end(id)
})
