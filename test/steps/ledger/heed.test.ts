import { describe, expect, test } from 'vitest'
import { branchChain, onboardingChain } from '../../../src/domain/ledger/chains.ts'
import { entriesOfKind } from '../../../src/domain/ledger/entry.ts'
import { heeding } from '../../../src/steps/ledger/heed.ts'
import { subscriptionIds, useSimulation } from '../../azure/simulation.ts'
import { authorOf, doneBy, generationOf, now, processOf, saying } from './chains-of.ts'

const simulation = useSimulation()
const reason = { reason: 'We start again with other regions' }
const at = (onboarding: string, generation = 1) => ({ onboarding, now, as: authorOf(onboarding, generation) })
const registration = { slot: 1, subscriptionId: subscriptionIds[1] } as const

async function wordsOf(onboarding: string, chain = onboardingChain(onboarding)): Promise<string[]> {
  const entries = await processOf(simulation).ledger.entries(chain)
  return [
    ...entriesOfKind(entries, 'intent').map(({ said }) => said.id),
    ...entriesOfKind(entries, 'outcome').map(({ said }) => said.outcome)
  ]
}

const acted = async () => ({ done: 'acted' })

describe('what cannot be undone', () => {
  test('is said before it is done, and what became of it after', async () => {
    const app = processOf(simulation)
    await doneBy(app.call('register-feature', { ...at('said'), ...registration }))
    await doneBy(app.call('register-feature', { ...at('said'), ...registration }))
    expect(await wordsOf('said')).toEqual(['register-feature.1', 'done'])
  })

  test.each(['cancel', 'halt'] as const)('is not done while a %s stands', async (task) => {
    const app = processOf(simulation)
    const onboarding = `held-${task}`
    const { said } = await app.ledger.answer(onboardingChain(onboarding), saying(onboarding, task, reason))
    const before = simulation.simulated.journal.entries().length
    expect(await app.call('register-feature', { ...at(onboarding), ...registration })).toEqual({ held: { kind: task } })
    expect(callsToAzure(before)).toEqual([])
    expect(await wordsOf(onboarding)).toEqual(['register-feature.1', 'held'])
    await doneBy(
      app.call('judge', { ...at(onboarding), verdicts: [{ answer: said.id, verdict: 'refused', why: 'no' }] })
    )
    await doneBy(app.call('register-feature', { ...at(onboarding), ...registration }))
    expect(await wordsOf(onboarding)).toEqual(['register-feature.1', 'held', 'done'])
  })

  test('is held by what another process wrote since this one read the chain, and costs no look where nobody did', async () => {
    const app = processOf(simulation)
    const { store } = app.azure.app
    const intends = (slot: number) => {
      const about = { activity: 'register-feature', input: { ...at('woven'), ...registration, slot } }
      return heeding(store, about, acted)
    }
    await app.ledger.entries(onboardingChain('woven'))
    const before = simulation.simulated.journal.entries().length
    expect(await intends(1)).toEqual({ done: 'acted' })
    const asked = simulation.simulated.journal.entries().slice(before)
    expect(asked.map(({ operation }) => operation)).toEqual(['blob.put', 'blob.put']) // the intent is the look, then its outcome
    await processOf(simulation).ledger.answer(onboardingChain('woven'), saying('woven', 'cancel', reason))
    expect(await intends(2)).toEqual({ held: { kind: 'cancel' } })
  })

  test('is held where the intent was said by a try that died, and a cancel came before the next', async () => {
    const died = processOf(simulation)
    const about = { activity: 'register-feature', input: { ...at('died'), ...registration } }
    const dying = () => Promise.reject(new Error('The worker died.'))
    await expect(heeding(died.azure.app.store, about, dying)).rejects.toThrow('died')
    await processOf(simulation).ledger.answer(onboardingChain('died'), saying('died', 'cancel', reason))
    expect(await heeding(died.azure.app.store, about, acted)).toEqual({ held: { kind: 'cancel' } })
  })

  test('is not done by a generation that another has followed', async () => {
    const app = processOf(simulation)
    for (const number of [1, 2]) await app.ledger.addGeneration(onboardingChain('followed'), generationOf(number))
    const outcome = await app.call('register-feature', { ...at('followed', 1), ...registration })
    expect(outcome).toEqual({ held: { kind: 'superseded' } })
    expect(await wordsOf('followed')).toEqual([])
  })

  test('of a branch is held by what stands in the onboarding’s chain, and told in its own', async () => {
    const app = processOf(simulation)
    const chain = branchChain('parent', { policy: 'exchange/NA', slot: 1 })
    await app.ledger.answer(onboardingChain('parent'), saying('parent', 'cancel', reason))
    const about = { activity: 'make-vault', input: { onboarding: 'parent', as: { chain, generation: 1 } } }
    expect(await heeding(app.azure.app.store, about, acted)).toEqual({ held: { kind: 'cancel' } })
    expect(await wordsOf('parent', chain)).toEqual(['make-vault', 'held'])
    expect(await wordsOf('parent')).toEqual([])
  })

  test('is done or the cancel sees its intent, however they come together', async () => {
    for (let round = 0; round < 10; round++) {
      const [one, other] = [processOf(simulation), processOf(simulation)]
      const onboarding = `race-${String(round)}`
      const chain = branchChain(onboarding, { policy: 'exchange/NA', slot: 1 })
      const about = { activity: 'make-key', input: { onboarding, as: { chain, generation: 1 } } }
      const [outcome, seen] = await Promise.all([
        heeding(one.azure.app.store, about, acted),
        other.ledger
          .answer(onboardingChain(onboarding), saying(onboarding, 'cancel', reason))
          .then(() => other.ledger.entries(chain))
      ])
      if ('done' in outcome) expect(entriesOfKind(seen, 'intent')).toHaveLength(1)
    }
  })

  test('that was under way when a cancel came is named in its verdict', async () => {
    const app = processOf(simulation)
    const chain = branchChain('under-way', { policy: 'exchange/NA', slot: 2 })
    const about = { activity: 'make-key', input: { onboarding: 'under-way', as: { chain, generation: 1 } } }
    const { said } = await heeding(app.azure.app.store, about, async () => ({
      done: await app.ledger.answer(onboardingChain('under-way'), saying('under-way', 'cancel', reason))
    })).then((outcome) => ('done' in outcome ? outcome.done : Promise.reject(new Error('held'))))
    const verdicts = [{ answer: said.id, verdict: 'taken' }] as const
    const [verdict] = await doneBy(app.call('judge', { ...at('under-way'), verdicts }))
    expect(verdict).toMatchObject({ verdict: 'taken', why: expect.stringContaining('make-key (exchange-na, slot 2)') })
  })

  test('says nothing of what may pass, so that it is tried again', async () => {
    const { azure } = processOf(simulation)
    const about = { activity: 'make-key', input: at('passing') }
    const fails = async () => {
      throw new Error('connection lost')
    }
    await expect(heeding(azure.app.store, about, fails)).rejects.toThrow('connection lost')
    await heeding(azure.app.store, about, async () => ({ refused: { message: 'no', kind: 'forbidden' } }))
    await heeding(azure.app.store, about, acted)
    expect(await wordsOf('passing')).toEqual(['make-key', 'refused', 'done'])
  })
})

test('what only writes looks, and tells nothing', async () => {
  const app = processOf(simulation)
  const about = { activity: 'prepare-slot', input: at('writes') }
  expect(await heeding(app.azure.app.store, about, acted)).toEqual({ done: 'acted' })
  await app.ledger.answer(onboardingChain('writes'), saying('writes', 'halt', reason))
  expect(await heeding(app.azure.app.store, about, acted)).toEqual({ held: { kind: 'halt' } })
  expect(await wordsOf('writes')).toEqual([])
})

test('what changes nothing, and what belongs to no onboarding, asks no ledger', async () => {
  const app = processOf(simulation)
  await app.ledger.answer(onboardingChain('looks'), saying('looks', 'halt', reason))
  const { store } = app.azure.app
  expect(await heeding(store, { activity: 'look-at-slot', input: at('looks') }, acted)).toEqual({ done: 'acted' })
  expect(await heeding(store, { activity: 'make-key', input: {} }, acted)).toEqual({ done: 'acted' })
})

const callsToAzure = (since: number) =>
  simulation.simulated.journal
    .entries()
    .slice(since)
    .filter(({ service }) => service === 'arm')
