import { expect, test } from 'vitest'
import type { OnboardingView } from '../../local/rehearsal/onboarding-view.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { addPerson } from '../app/people.ts'
import { fabrikam, subscriptionIds } from '../app/requests.ts'
import { custodian } from '../app/replacing.ts'
import { play } from './played.ts'

/** A name of so many characters, all told. */
function named(slot: 1 | 2, index: number, characters: number): string {
  const [local, domain] = [`${String(slot)}-${String(index)}-`, '@fabrikam.com']
  return `${local}${'x'.repeat(characters - local.length - domain.length)}${domain}`
}

function requestOf(id: string, perSlot: number, characters: number): OnboardingRequest {
  const operators = (slot: 1 | 2): string[] =>
    Array.from({ length: perSlot }, (_, index) => named(slot, index, characters))
  return fabrikam({
    id,
    subscriptions: [
      { slot: 1, id: subscriptionIds[0], region: 'westeurope', operators: operators(1) },
      { slot: 2, id: subscriptionIds[1], region: 'northeurope', operators: operators(2) }
    ]
  })
}

// An onboarding of weeks whose state outgrew what the engine shows of it would end there, with vaults made.
test('one of 25 operators per slot, all with names of 50 characters, is completed', { timeout: 180_000 }, async () => {
  const played = await play(requestOf('of-many', 25, 50))
  await played.start()
  expect(await played.until(({ status }) => status !== 'running')).toMatchObject({ status: 'completed', findings: [] })
})

test('five operators with long names can be replaced in one onboarding', { timeout: 180_000 }, async () => {
  const played = await play(requestOf('of-replaced', 3, 45))
  const { azure } = played.stage
  // The first of each slot stays, and says so of the other slot's people; a Custodian confirms, and the newcomers read.
  const replacements = [
    { slot: 1, leaves: named(1, 1, 45), joins: named(1, 3, 45), by: named(2, 0, 45) },
    { slot: 2, leaves: named(2, 1, 45), joins: named(2, 3, 45), by: named(1, 0, 45) },
    { slot: 1, leaves: named(1, 2, 45), joins: named(1, 4, 45), by: named(2, 0, 45) },
    { slot: 2, leaves: named(2, 2, 45), joins: named(2, 4, 45), by: named(1, 0, 45) },
    { slot: 1, leaves: named(1, 3, 45), joins: named(1, 5, 45), by: named(2, 0, 45) }
  ].map((each) => ({
    ...each,
    shown: `slot ${String(each.slot)}: ${each.joins} for ${each.leaves}, by ${each.by}, confirmed by ${custodian}`
  }))
  for (const { joins } of replacements) addPerson(azure.world, joins)
  const isShown = (view: OnboardingView, text: string): boolean => view.steps.some(({ detail }) => detail === text)
  const said = new Set<string>()
  /** One after the other, each when the one before is done. */
  const replace = async (view: OnboardingView): Promise<void> => {
    const next = replacements.find(({ shown }) => !isShown(view, shown))
    if (next === undefined || said.has(next.shown)) return
    const task = `replace-operator-${String(next.slot)}`
    if (!view.tasks.some(({ name }) => name === task)) return
    said.add(next.shown)
    const { leaves, joins, by } = next
    expect(await played.answer(task, by, { leaves, joins, reason: 'Left the company' })).toBe(202)
  }
  await played.start()
  const now = (): Promise<OnboardingView> => played.until(() => true)
  // While a source looks, no time passes: nobody answers beside it.
  azure.clock.addSource({
    observe: async () => replace(await now()),
    next: () => undefined,
    run: () => Promise.resolve()
  })
  const view = await played.until(({ status }) => status !== 'running')
  expect(view.status).toBe('completed')
  for (const { shown } of replacements) expect(isShown(view, shown)).toBe(true)
})
