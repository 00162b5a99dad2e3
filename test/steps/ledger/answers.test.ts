import { describe, expect, test } from 'vitest'
import { onboardingChain } from '../../../src/domain/ledger/chains.ts'
import type { RecordStore } from '../../../src/contracts/record-store.ts'
import { chainsIn } from '../../../src/records/ledger/chains.ts'
import { wordsOfAnswer } from '../../../src/records/ledger/erasable.ts'
import { heardIn } from '../../../src/steps/ledger/heard.ts'
import { createLedger } from '../../../src/steps/ledger/ledger.ts'
import { saidIn } from '../../../src/steps/ledger/said.ts'
import { memoryStore } from '../../records/memory-store.ts'
import { useSimulation } from '../../azure/simulation.ts'
import { authorOf, doneBy, generationOf, now, person, processOf, saying } from './chains-of.ts'

const simulation = useSimulation()
const reason = { reason: 'We start again with other regions' }

/** An onboarding whose first generation has begun. */
async function begun(onboarding: string, generation = 1) {
  const app = processOf(simulation)
  const about = { onboarding, now, as: authorOf(onboarding, generation) }
  await app.ledger.addGeneration(onboardingChain(onboarding), generationOf(generation))
  const recalled = await doneBy(app.call('recall', about))
  return { app, about, recalled, chain: onboardingChain(onboarding) }
}

describe('an answer', () => {
  test('is heard with its words and the moment of its entry until it has a verdict', async () => {
    const { app, about, chain } = await begun('heard')
    const answer = { ...saying('heard', 'cancel', reason), serial: 2, generation: 1 }
    const { moment, said } = await app.ledger.answer(chain, answer)
    const heard = await doneBy(app.call('hear', { ...about, told: [] }))
    const pending = {
      id: said.id,
      task: { kind: 'cancel' },
      person,
      by: 'alice@contoso.com',
      at: moment,
      answer: reason
    }
    expect(heard.answers).toEqual([{ ...pending, serial: 2, generation: 1 }])
    expect(heard.standing).toEqual({ kind: 'cancel', answer: said.id })
    const verdict = { answer: said.id, verdict: 'refused', why: 'Not now.' } as const
    expect(await doneBy(app.call('judge', { ...about, verdicts: [verdict] }))).toEqual([verdict])
    const after = await doneBy(app.call('hear', { ...about, told: [] }))
    expect([after.answers, after.standing]).toEqual([[], undefined])
  })

  test('has the verdict that was given first, whatever a second judge says', async () => {
    const { app, about, chain } = await begun('first-verdict')
    const { said } = await app.ledger.answer(chain, saying('first-verdict', 'retry-a', {}))
    const first = { answer: said.id, verdict: 'taken' } as const
    await doneBy(app.call('judge', { ...about, verdicts: [first] }))
    const other = processOf(simulation)
    const second = { answer: said.id, verdict: 'refused', why: 'no' } as const
    expect(await doneBy(other.call('judge', { ...about, verdicts: [second] }))).toEqual([first])
  })

  test('that this release cannot read is refused with why, and not lost', async () => {
    const { app, about, chain } = await begun('unread')
    for (const [task, answer] of [
      ['ask-the-oracle', {}],
      ['approve-slot-1', { planDigest: 'v9.0' }],
      ['override-offer-type-slot-1', { reason: 'short' }]
    ] as const)
      await app.ledger.answer(chain, saying('unread', task, answer))
    expect((await doneBy(app.call('hear', { ...about, told: [] }))).answers).toEqual([])
    const said = await app.ledger.said([chain])
    expect(said.map(({ verdict }) => verdict?.verdict)).toEqual(['refused', 'refused', 'refused'])
    expect(said.map(({ verdict }) => verdict?.why)).toEqual([
      expect.stringContaining('ask-the-oracle'),
      expect.stringContaining('planDigest'),
      expect.stringContaining('too short')
    ])
  })

  test('came too late where all was over before anybody judged it, before the end or after', async () => {
    const { app, about, chain } = await begun('over')
    await app.ledger.answer(chain, saying('over', 'halt', reason))
    await doneBy(app.call('close', { ...about, outcome: 'completed', result: { name: 'x', sha256: 'y' } }))
    await app.ledger.answer(chain, saying('over', 'cancel', reason))
    const said = await app.ledger.said([chain])
    expect(said.map(({ verdict }) => verdict)).toEqual([
      expect.objectContaining({ verdict: 'late', why: expect.stringContaining('over') as string }),
      expect.objectContaining({ verdict: 'late' })
    ])
  })

  test('keeps names and words out of the ledger', async () => {
    const { app, chain } = await begun('erased')
    await app.ledger.answer(chain, saying('erased', 'cancel', reason))
    const { value: names } = await app.azure.app.store.list('ledger', chain)
    for (const name of names) {
      const { value } = await app.azure.app.store.read({ container: 'ledger', name })
      expect(String(Buffer.from(value?.bytes ?? []))).not.toMatch(/alice|regions/)
    }
    expect(await app.ledger.said([chain])).toMatchObject([{ by: 'alice@contoso.com', answer: reason, person }])
  })

  test('is shown without its words where those were erased, and not heard', async () => {
    const kept = memoryStore()
    const azure = { ...simulation.azure, app: { ...simulation.azure.app, store: kept } }
    await createLedger(azure).answer(onboardingChain('erased'), saying('erased', 'cancel', reason))
    const read: RecordStore['read'] = async (place) =>
      place.container === 'ledger' ? kept.read(place) : kept.read({ ...place, name: 'erased' })
    const erased = { ...kept, read }
    const said = await saidIn(erased, [onboardingChain('erased')])
    expect(said).toEqual([expect.objectContaining({ task: 'cancel', person })])
    expect(said[0]).not.toHaveProperty('by')
    const entries = await chainsIn(erased).read(onboardingChain('erased'))
    const { unheard, answers } = await heardIn(erased, { own: entries, whole: entries }, [])
    expect([answers, unheard.map(({ why }) => why)]).toEqual([[], [expect.stringContaining('erased')]])
  })

  test('that is not what the ledger says of it is not read', async () => {
    const kept = memoryStore()
    const azure = { ...simulation.azure, app: { ...simulation.azure.app, store: kept } }
    const answer = saying('changed', 'cancel', reason)
    const { said } = await createLedger(azure).answer(onboardingChain('changed'), answer)
    const pointer = { ...said.said, sha256: '0'.repeat(64) }
    await expect(wordsOfAnswer.read(kept, pointer)).rejects.toThrow(/not what the ledger says/)
  })

  test('to several chains is told in the order in which it was given', async () => {
    const { app } = await begun('ordered')
    const [one, other] = [onboardingChain('ordered'), 'branch.ordered.exchange-na.1']
    for (const [chain, task] of [
      [one, 'retry-a'],
      [other, 'retry-b'],
      [one, 'retry-c']
    ] as const) {
      await app.ledger.answer(chain, saying('ordered', task, {}))
      await simulation.simulated.clock.advance(2000)
    }
    expect((await app.ledger.said([other, one])).map(({ task }) => task)).toEqual(['retry-a', 'retry-b', 'retry-c'])
  })
})

describe('a generation', () => {
  test('goes on behind the chapters that have ended, with what was taken since', async () => {
    const { app, about, chain } = await begun('recalled')
    const take = async (task: string, answer: unknown, of: { of?: string } = {}) => {
      const { said } = await app.ledger.answer(chain, saying('recalled', task, answer))
      await doneBy(app.call('judge', { ...about, verdicts: [{ answer: said.id, verdict: 'taken', ...of }] }))
      return said.id
    }
    await take('acknowledge', { at: '2026-11-03T10:00:00Z' })
    const told = [{ fact: 'waiting', on: 'people' }] as const
    const result = { looked: ['at', 'all'] }
    await doneBy(app.call('end-chapter', { ...about, step: 'preflight', result, facts: told }))
    const overridden = await take(
      'override-offer-type-slot-1',
      { reason: 'Microsoft confirmed it by phone' },
      { of: 'FreeTrial' }
    )
    const attested = await take('attest-offline-1', { location: 'safe 1' })
    await take('retry-offer-type-slot-1', {})
    await app.ledger.answer(chain, saying('recalled', 'attest-offline-2', { location: 'safe 2' }))

    const next = processOf(simulation)
    expect(await next.ledger.addGeneration(chain, generationOf(2))).toBe(true)
    const recalled = await doneBy(next.call('recall', { ...about, as: authorOf('recalled', 2) }))
    expect(recalled.chapters).toEqual({ preflight: result })
    expect(recalled.carried.map(({ id }) => id)).toEqual([attested])
    expect(recalled.answers.map(({ task }) => task)).toEqual([{ kind: 'attest-offline', slot: 2 }])
    expect(recalled.facts[0]).toEqual(told[0])
    const override = {
      code: 'offer-type-slot-1',
      observed: 'FreeTrial',
      reason: 'Microsoft confirmed it by phone',
      by: 'alice@contoso.com'
    }
    expect(recalled.facts).toContainEqual({
      fact: 'overridden',
      overrides: [expect.objectContaining({ ...override, requirement: expect.stringMatching(/^R\d+$/) as string })]
    })
    expect(recalled.facts.filter(({ fact }) => fact === 'taken-over')).toHaveLength(1)
    expect(recalled.takenOver).toMatchObject({ why: 'failed' })
    expect(overridden).toBeDefined()
    const asRoutesSee = await next.ledger.recalled(authorOf('recalled', 2), 'recalled')
    expect(asRoutesSee).toEqual(recalled)
  })

  test('does nothing more once a newer one carries the chain, nor once all is over', async () => {
    const { app, about, chain } = await begun('newer')
    const { said } = await app.ledger.answer(chain, saying('newer', 'retry-a', {}))
    expect(await processOf(simulation).ledger.addGeneration(chain, generationOf(2))).toBe(true)
    const verdicts = [{ answer: said.id, verdict: 'late' }] as const
    const held = { held: { kind: 'superseded' } }
    const last = { ...about, as: authorOf('newer', 2) }
    expect(await app.call('judge', { ...about, verdicts })).toEqual(held)
    expect(await app.call('hear', { ...about, told: [] })).toEqual(held)
    expect(await app.call('end-chapter', { ...about, step: 'offers', result: 1, facts: [] })).toEqual(held)
    expect(await app.call('close', { ...about, outcome: 'completed' })).toEqual(held)
    expect((await doneBy(app.call('hear', { ...last, told: [] }))).answers).toHaveLength(1)
    await doneBy(app.call('close', { ...last, outcome: 'completed' }))
    expect(await app.call('hear', { ...last, told: [] })).toEqual(held)
    expect(await app.ledger.addGeneration(chain, generationOf(3))).toBe(false)
  })

  test('is numbered by who writes it first, and no number is left out', async () => {
    const chain = onboardingChain('numbered')
    const apps = Array.from({ length: 4 }, () => processOf(simulation))
    const won = await Promise.all(apps.map(({ ledger }) => ledger.addGeneration(chain, generationOf(1))))
    expect(won.filter((each) => each)).toHaveLength(1)
    expect(await processOf(simulation).ledger.addGeneration(chain, generationOf(3))).toBe(false)
  })

  test('hears of everybody who acts in another’s place, in the branches too, and of mails that did not arrive', async () => {
    const { app, about } = await begun('amended')
    const answered = {
      task: { kind: 'replace-operator', slot: 1 },
      by: 'bob@contoso.com',
      person,
      at: now,
      id: 'a1',
      answer: { leaves: 'alice@contoso.com', joins: 'anna@contoso.com', reason: 'Alice left the company' }
    } as const
    const amendment = {
      of: 'operator',
      id: 'a1',
      slot: 1,
      leaves: 'alice@contoso.com',
      joins: 'anna@contoso.com',
      at: now,
      objectId: 'o1',
      evidence: { store: 'app', name: 'n', sha256: 's', requirements: ['R11'] },
      answered
    } as const
    await doneBy(app.call('amend', { ...about, amendment }))
    await app.ledger.failedMail('amended', { id: 'failed-mail.1', letter: 'a reminder', why: 'bounced' })
    const branch = { chain: 'branch.amended.exchange-na.1', generation: 1 }
    const inBranch = await doneBy(app.call('recall', { ...about, as: branch }))
    expect(inBranch.amendments).toEqual([amendment])
    const heard = await doneBy(app.call('hear', { ...about, told: [] }))
    expect(heard.amendments).toEqual([amendment])
    expect(heard.failedMails).toEqual([{ id: 'failed-mail.1', letter: 'a reminder', why: 'bounced' }])
    expect((await doneBy(app.call('hear', { ...about, told: ['failed-mail.1'] }))).failedMails).toEqual([])
  })
})
