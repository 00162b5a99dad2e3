import { globSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { seedFor, settingsFor } from '../../local/azure/seed.ts'
import { callOrchestrator } from '../../local/host/durable/call-orchestrator.ts'
import { ToldHistory } from '../../local/host/durable/told-history.ts'
import { EventType, type HistoryEvent } from '../../local/host/durable/events.ts'
import { Replay, type ReplayResult } from '../../local/host/durable/replay.ts'
import type { Instance } from '../../local/host/store/rows.ts'
import { installFunctionsCore } from '../../local/host/worker/install.ts'
import { createInvoker } from '../../local/host/worker/invoke.ts'
import { collectFunctions, type RegisteredFunction } from '../../local/host/worker/registry.ts'
import { Workers } from '../../local/host/worker/workers.ts'
import { readRequestFile } from '../../local/rehearsal/request-file.ts'
import { orchestrators } from '../../src/contracts/orchestrations.ts'
import { release } from '../../src/domain/terms/release.ts'

// Orchestrations live for weeks while the app is deployed anew. Those of this release replay. Of an earlier one the instances
// that carry a ledger may fail as non-deterministic: they are taken over (docs/decisions/0152-the-ledgers-of-releases-go-on.md).
// What may not be is an instance that goes on otherwise than its history tells, or one of another kind that is dead for good.

interface Recorded {
  readonly instance: Instance
  readonly history: readonly HistoryEvent[]
}

const released = globSync('test/replay/histories/*/*.json').toSorted()
const nothing = (): undefined => undefined
const workers = new Workers({ log: nothing, lost: nothing, load: () => Promise.resolve(), onGivenUp: nothing })
const { call } = createInvoker({ log: nothing, workers })
let functions: Map<string, RegisteredFunction>

beforeAll(async () => {
  installFunctionsCore()
  Object.assign(process.env, settingsFor(seedFor(readRequestFile('samples/one-workload.json'))))
  functions = await collectFunctions(() => import('../../src/app.ts'))
})

const recordedIn = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Recorded[]

async function replay({ instance }: Recorded, history: readonly HistoryEvent[]): Promise<ReplayResult> {
  const target = functions.get(instance.name)
  if (!target) throw new Error(`Orchestrator ${instance.name} is gone. Runs of it may still be alive.`)
  const state = await callOrchestrator(call, {
    target,
    instance,
    history: new ToldHistory().of(history, []),
    isReplaying: true
  })
  const of = {
    instanceId: instance.id,
    parentInstanceId: instance.parent?.id,
    executionId: instance.execution,
    isKnown: () => true
  }
  return new Replay(of).play(history, state.actions.flat(), state)
}

type Fate = 'goes on' | 'is taken over' | 'goes wrong'

const carriers: readonly string[] = [orchestrators.onboarding.name, orchestrators.vaultSetUp.name]

/** What becomes of an instance that a release finds after this much of its history. */
async function fateOf(recorded: Recorded, history: readonly HistoryEvent[]): Promise<Fate> {
  const { ending, commands } = await replay(recorded, history)
  if (ending === undefined && commands.length === 0) return 'goes on'
  return ending?.kind === 'failed' && carriers.includes(recorded.instance.name) ? 'is taken over' : 'goes wrong'
}

/** The histories of this very release are no record of it where they do not replay. */
const mayBe = (file: string): readonly Fate[] =>
  file.includes(`/${release}/`) ? ['goes on'] : ['goes on', 'is taken over']

const isEnd = ({ EventType: type }: HistoryEvent) => type === EventType.ExecutionCompleted

/** History as it stood after each turn: where an upgrade may have found it. */
const turns = ({ history }: Recorded) =>
  history.flatMap(({ EventType: type }, index) =>
    type === EventType.OrchestratorCompleted && !history.slice(0, index).some(isEnd)
      ? [history.slice(0, index + 1)]
      : []
  )

test('there are histories of a released version, with every orchestrator in them', () => {
  const names = new Set(released.flatMap(recordedIn).map(({ instance }) => instance.name))
  expect([...names].toSorted()).toEqual(
    expect.arrayContaining(['key-backup', 'onboarding', 'registration-polling', 'vault-set-up'])
  )
})

describe.each(released)('%s', (file) => {
  const recorded = recordedIn(file)

  test.runIf(file.includes(`/${release}/`))('every orchestration ends as it did', async () => {
    for (const each of recorded) {
      const { ending, commands } = await replay(
        each,
        each.history.filter((event) => !isEnd(event))
      )
      expect({ id: each.instance.id, ending, commands }).toEqual({
        id: each.instance.id,
        ending: each.history.some(isEnd) ? { kind: 'completed' } : undefined, // the hub's mark never ends
        commands: []
      })
    }
  })

  test('one that an upgrade finds after any of its turns goes on or is taken over, and does nothing twice', async () => {
    let looked = 0
    for (const each of recorded)
      for (const history of turns(each)) {
        const fate = await fateOf(each, history)
        expect([each.instance.id, history.length, mayBe(file).includes(fate) ? 'sound' : fate]).toEqual([
          each.instance.id,
          history.length,
          'sound'
        ])
        looked += 1
      }
    expect(looked).toBeGreaterThan(10)
  })

  test('a history that the code no longer tells is noticed, and its onboarding taken over', async () => {
    const onboarding = recorded.find(({ instance }) => instance.name === 'onboarding')
    const altered =
      onboarding?.history.map((event) => ({
        ...event,
        ...(event.Name === 'inspect-tenant' && { Name: 'inspect-all' })
      })) ?? []
    expect(await fateOf(onboarding ?? expect.fail('no onboarding'), altered)).toBe('is taken over')
  })
})
