import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { users } from '../../local/azure/graph/directory.ts'
import { userId } from '../../local/azure/seed-people.ts'
import type { OnboardingView } from '../../local/rehearsal/onboarding-view.ts'
import { scriptedPeople } from '../../local/rehearsal/people.ts'
import { startRead } from '../../local/rehearsal/start-read.ts'
import { openStage, type Stage } from '../../local/stage/stage.ts'
import { draftPlan } from '../../src/domain/plan/build-plan.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { fabrikam, subscriptionIds } from '../app/requests.ts'

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

/** Plays it to its end; before people act, `first` is done with what they see. */
async function played(
  stage: Stage,
  request: OnboardingRequest,
  first: (view: OnboardingView) => Promise<void> = () => Promise.resolve()
): Promise<OnboardingView> {
  const { azure, api } = stage
  let newest: OnboardingView | undefined
  const seen = (view: OnboardingView): void => {
    newest = view
  }
  const people = scriptedPeople({ api, plan: draftPlan(request), azure, now: () => azure.clock.now(), seen })
  const observe = async (): Promise<void> => {
    await people.observe()
    if (newest !== undefined) await first(newest)
  }
  stage.people = { observe, next: () => people.next(), run: (now) => people.run(now) }
  const [by = expect.fail('nobody')] = request.subscriptions[0]?.operators ?? []
  expect(await startRead(api, by, request)).toMatchObject({ status: 202 })
  for (;;) {
    if (newest !== undefined && newest.status !== 'running') return newest
    await sleep(10)
  }
}

// An onboarding of weeks whose state outgrew what the engine shows of it would end there, with vaults made.
test('one of 25 operators per slot, all with names of 50 characters, is completed', { timeout: 180_000 }, async () => {
  const request = requestOf('of-many', 25, 50)
  const stage = await openStage({ request })
  try {
    expect(await played(stage, request)).toMatchObject({ status: 'completed', findings: [] })
  } finally {
    await stage.strike()
  }
})

test('five operators with long names can be replaced in one onboarding', { timeout: 180_000 }, async () => {
  const request = requestOf('of-replaced', 3, 45)
  const stage = await openStage({ request })
  // The first of each slot stays, and says so of the other slot's people.
  const replacements = [
    { slot: 1, leaves: named(1, 1, 45), joins: named(1, 3, 45), by: named(2, 0, 45) },
    { slot: 2, leaves: named(2, 1, 45), joins: named(2, 3, 45), by: named(1, 0, 45) },
    { slot: 1, leaves: named(1, 2, 45), joins: named(1, 4, 45), by: named(2, 0, 45) },
    { slot: 2, leaves: named(2, 2, 45), joins: named(2, 4, 45), by: named(1, 0, 45) },
    { slot: 1, leaves: named(1, 3, 45), joins: named(1, 5, 45), by: named(2, 0, 45) }
  ].map((each) => ({ ...each, shown: `slot ${String(each.slot)}: ${each.joins} for ${each.leaves}, by ${each.by}` }))
  for (const { joins } of replacements) {
    const id = userId(request.organization.tenantId, joins)
    users(stage.azure.world).set(joins, { id, userPrincipalName: joins, displayName: joins, mail: joins })
  }
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
    const answer = { leaves, joins, reason: 'Left the company' }
    expect(await stage.api.post(`onboardings/${request.id}/tasks/${task}`, by, answer)).toMatchObject({ status: 202 })
  }
  try {
    const view = await played(stage, request, replace)
    expect(view.status).toBe('completed')
    for (const { shown } of replacements) expect(isShown(view, shown)).toBe(true)
  } finally {
    await stage.strike()
  }
})
