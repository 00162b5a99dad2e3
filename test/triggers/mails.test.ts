import type { InvocationContext } from '@azure/functions'
import { expect, test } from 'vitest'
import { app, df, withHost, type TestHost } from '../conformance/harness.ts'
import type { LetterInput, MinuteMailsInput } from '../../src/contracts/letters.ts'
import { orchestrators } from '../../src/contracts/orchestrations.ts'
import { orchestrationsOf, type Orchestrations } from '../../src/triggers/durable-client.ts'
import { mailLater, startLetter } from '../../src/triggers/mails.ts'
import { reviveMails } from '../../src/triggers/timers/revive-mails.ts'

const letter: LetterInput = {
  onboarding: 'contoso-1',
  now: '2026-11-30T07:12:19.000Z',
  plan: { name: 'contoso-1/plan.json', digest: 'v1.0' },
  letter: { kind: 'started', startedBy: 'alice@contoso.com' },
  same: ['started']
}

let known: InvocationContext | undefined
let runs: string[] = []

/** What sends a letter dies until it has died so often. */
const register = (diesUntil: number) => (): void => {
  runs = []
  df.app.orchestration(orchestrators.letter.name, function* (context) {
    const { deaths = 0, same } = context.df.getInput<LetterInput>()
    yield context.df.createTimer(context.df.currentUtcDateTime)
    if (!context.df.isReplaying) runs.push(`${same.join()} ${String(deaths)}`)
    if (deaths < diesUntil) throw new Error('its worker died')
    return { outcome: 'delivered' }
  })
  df.app.orchestration(orchestrators.minuteMails.name, function* (context) {
    yield context.df.createTimer(context.df.currentUtcDateTime)
    if (!context.df.isReplaying) runs.push(context.df.getInput<MinuteMailsInput>().minute)
  })
  app.http('known', {
    route: 'known',
    extraInputs: [df.input.durableClient()],
    handler(_request, context) {
      known = context
      return Promise.resolve({ status: 200 })
    }
  })
}

const withEngine = (diesUntil: number, use: (engine: Orchestrations, host: TestHost) => Promise<void>): Promise<void> =>
  withHost(register(diesUntil), async (host) => {
    await fetch(`${host.url}/api/known`)
    if (known === undefined) throw new Error('The function was not asked.')
    await use(orchestrationsOf(known), host)
  })

async function ended(engine: Orchestrations, host: TestHost): Promise<void> {
  const letters = await engine.all(orchestrators.letter, '')
  const minutes = await engine.all(orchestrators.minuteMails, '')
  for (const { id } of [...letters, ...minutes]) await host.ended(id)
}

test('one run mails of a minute, however many things happened in it, and one letter is sent once, whoever starts it', async () => {
  await withEngine(0, async (engine, host) => {
    await startLetter(engine, letter)
    await startLetter(engine, { ...letter, now: '2026-11-30T08:00:00.000Z' })
    await mailLater(engine, 'contoso-1', '2026-11-30T07:12:19.000Z')
    await ended(engine, host)
    await startLetter(engine, letter)
    await mailLater(engine, 'contoso-1', '2026-11-30T07:12:59.999Z')
    await mailLater(engine, 'contoso-1', '2026-11-30T07:13:00.000Z')
    await ended(engine, host)
    expect(runs.toSorted()).toEqual(['2026-11-30T07:12', '2026-11-30T07:13', 'started 0'])
  })
})

test('what died while it sent a letter is started anew, as long as it dies, and no longer than it has to', async () => {
  await withEngine(2, async (engine, host) => {
    await startLetter(engine, letter)
    for (let tick = 0; tick < 4; tick++) {
      await ended(engine, host)
      await reviveMails(engine)
    }
    expect(runs).toEqual(['started 0', 'started 1', 'started 2'])
  })
})

test('what dies again and again is left alone in the end', async () => {
  await withEngine(1000, async (engine, host) => {
    await startLetter(engine, letter)
    for (let tick = 0; tick < 10; tick++) {
      await ended(engine, host)
      await reviveMails(engine)
    }
    expect(runs).toHaveLength(7)
  })
})
