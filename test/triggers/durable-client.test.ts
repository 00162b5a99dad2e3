import type { InvocationContext } from '@azure/functions'
import { expect, test } from 'vitest'
import { app, df, until, withHost, type TestHost } from '../conformance/harness.ts'
import { orchestration } from '../../src/contracts/orchestration.ts'
import { orchestrationsOf, type Orchestrations } from '../../src/triggers/durable-client.ts'
import { hubOf, markedHub } from '../../src/triggers/hub.ts'
import { hubMark } from '../../src/orchestrators/hub-mark.ts'

const sleeper = orchestration<{ readonly says: string }, string, { readonly nextLook: string }, [key: string]>(
  'sleeper'
)
const short = orchestration<object, string, null, [key: string]>('short', { isShort: true })

let known: InvocationContext | undefined

function register(): void {
  df.app.orchestration('sleeper', function* (context) {
    context.df.setCustomStatus({ nextLook: '2026-11-30T09:00:00.000Z' })
    yield context.df.waitForExternalEvent('go')
    return 'went'
  })
  df.app.orchestration('odd', function* (context) {
    context.df.setCustomStatus('of another version')
    yield context.df.waitForExternalEvent('go')
  })
  df.app.orchestration('short', function* (context) {
    return context.df.instanceId
  })
  df.app.orchestration('failing', function* () {
    throw new Error('broken')
  })
  df.app.orchestration('hub-mark', hubMark)
  app.http('known', {
    route: 'known',
    extraInputs: [df.input.durableClient()],
    handler(_request, context) {
      known = context
      return Promise.resolve({ status: 200 })
    }
  })
}

const withOrchestrations = (use: (orchestrations: Orchestrations, host: TestHost) => Promise<void>): Promise<void> =>
  withHost(register, async (host) => {
    await fetch(`${host.url}/api/known`)
    if (known === undefined) throw new Error('The function was not asked.')
    await use(orchestrationsOf(known), host)
  })

test('what the engine says of an instance is seen whatever became of it', async () => {
  await withOrchestrations(async (orchestrations, host) => {
    const at = sleeper.at('one')
    expect(await orchestrations.sight(at)).toEqual({ state: 'absent' })
    expect(await orchestrations.start(at, { says: 'hello' })).toBe(true)
    expect(await orchestrations.start(at, { says: 'again' })).toBe(false)
    await until(async () => (await orchestrations.find(at))?.customStatus !== null)
    expect(await orchestrations.sight(at)).toMatchObject({ state: 'live', nextLook: '2026-11-30T09:00:00.000Z' })
    expect(await orchestrations.find(at)).toMatchObject({ state: 'live', input: { says: 'hello' } })
    await orchestrations.terminate(at.id, 'taken over: it failed & more')
    await host.ended(at.id)
    expect(await orchestrations.sight(at)).toMatchObject({ state: 'terminated' })
    expect(await orchestrations.find(at)).toMatchObject({ output: 'taken over: it failed & more' })
  })
})

test('an instance of another name or with a status of another shape is unreadable', async () => {
  await withOrchestrations(async (orchestrations, host) => {
    await host.client.startNew('odd', { instanceId: 'sleeper.odd' })
    expect(await orchestrations.sight(sleeper.at('odd'))).toEqual({ state: 'unreadable' })
    await until(async () => (await host.client.getStatus('sleeper.odd')).customStatus !== null)
    expect(await orchestrations.sight({ name: 'odd', id: 'sleeper.odd' })).toEqual({ state: 'unreadable' })
    await host.client.startNew('failing', { instanceId: 'failing.one' })
    await host.ended('failing.one')
    expect(await orchestrations.sight({ name: 'failing', id: 'failing.one' })).toMatchObject({ state: 'failed' })
  })
})

test('a hint for who is not there is told so, and one for who is over is none', async () => {
  await withOrchestrations(async (orchestrations, host) => {
    expect(await orchestrations.raise('sleeper.nobody', 'go', {})).toBe(false)
    await orchestrations.start(sleeper.at('one'), { says: 'hello' })
    expect(await orchestrations.raise('sleeper.one', 'go', {})).toBe(true)
    await host.ended('sleeper.one')
    expect(await orchestrations.raise('sleeper.one', 'go', {})).toBe(true)
  })
})

test('a list comes page by page, of one prefix alone', async () => {
  await withOrchestrations(async (orchestrations) => {
    for (const key of ['a', 'b', 'b.g2', 'c', 'd']) await orchestrations.start(sleeper.at(key), { says: key })
    await orchestrations.start(short.at('x'), {})
    const seen: string[][] = []
    for (let continuation: string | undefined; ; ) {
      const page = await orchestrations.list(sleeper, { top: 2, continuation })
      seen.push(page.items.map(({ input }) => input.says))
      if (page.continuation === undefined) break
      continuation = page.continuation
    }
    expect(seen).toEqual([['a', 'b'], ['b.g2', 'c'], ['d']])
    expect((await orchestrations.all(sleeper, 'b')).map(({ id }) => id)).toEqual(['sleeper.b', 'sleeper.b.g2'])
  })
})

test('only what has ended, is old and short is forgotten', async () => {
  await withOrchestrations(async (orchestrations, host) => {
    for (const key of ['x', 'y']) await orchestrations.start(short.at(key), {})
    await orchestrations.start(sleeper.at('a'), { says: 'a' })
    for (const key of ['x', 'y']) await host.ended(short.at(key).id)
    expect(await orchestrations.forget([short.prefix, sleeper.prefix], '2000-01-01T00:00:00Z')).toBe(0)
    expect(await orchestrations.forget([short.prefix, sleeper.prefix], '2100-01-01T00:00:00Z')).toBe(2)
    expect(await orchestrations.sight(short.at('x'))).toEqual({ state: 'absent' })
    expect(await orchestrations.sight(sleeper.at('a'))).toMatchObject({ state: 'live' })
  })
})

test('a hub is known by its name and by a mark that the first who looks leaves in it', async () => {
  await withOrchestrations(async (orchestrations) => {
    expect(await markedHub(orchestrations)).toBeUndefined()
    const hub = await hubOf(orchestrations)
    expect(hub).toMatchObject({ name: orchestrations.hub, mark: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(await hubOf(orchestrations)).toEqual(hub)
    expect(await orchestrations.forget(['hub-mark'], '2100-01-01T00:00:00Z')).toBe(0)
  })
})

test('an id that would be another address is refused before the client makes one of it', async () => {
  await withOrchestrations(async (orchestrations) => {
    const ids = [
      '',
      '..',
      'sleeper.',
      'x/../sleeper.one',
      'sleeper%2Fone',
      'sleeper?one',
      'a#b',
      'a\\b',
      'A',
      'é',
      'a'.repeat(101)
    ]
    for (const id of ids) {
      const at = { ...sleeper.at('one'), id }
      const asked = [
        () => orchestrations.start(at, { says: 'hello' }),
        () => orchestrations.find(at),
        () => orchestrations.sight(at),
        () => orchestrations.raise(id, 'go', {}),
        () => orchestrations.terminate(id, 'why')
      ]
      for (const ask of asked) await expect((async () => ask())(), id).rejects.toThrow('is no id of an instance')
    }
  })
})
