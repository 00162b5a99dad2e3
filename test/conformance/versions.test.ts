import { expect, test } from 'vitest'
import { mayRun } from '../../local/host/durable/versions.ts'
import { df, open, until, withHost, withStateFile } from './harness.ts'

// core TaskOrchestrationDispatcher.cs 400-431 and Settings/VersioningSettings.cs (CompareVersions); defaults:
// https://learn.microsoft.com/azure/azure-functions/durable/durable-orchestration-versioning

function register(): void {
  df.app.orchestration('story', function* (context) {
    yield context.df.waitForExternalEvent('go')
    return { version: context.df.version ?? 'none' }
  })
  df.app.orchestration('parent', function* (context) {
    return yield context.df.callSubOrchestrator('child')
  })
  df.app.orchestration('child', function* (context) {
    return context.df.version
  })
}

function hostJson(defaultVersion: string, more: Record<string, string> = {}): object {
  return { extensions: { durableTask: { defaultVersion, ...more } } }
}

test('an instance keeps the version it was started with, by default that of host.json', async () => {
  await withHost(
    register,
    async (host) => {
      for (const [given, kept] of [
        [undefined, '2.0'],
        ['1.0', '1.0']
      ] as const) {
        const id = await host.client.startNew('story', given === undefined ? {} : { version: given })
        await host.client.raiseEvent(id, 'go', null)
        expect((await host.ended(id)).output).toEqual({ version: kept })
      }
    },
    { hostJson: hostJson('2.0') }
  )
})

test("a child has its parent's version", async () => {
  await withHost(
    register,
    async (host) => {
      const id = await host.client.startNew('parent', { version: '1.5' })
      expect((await host.ended(id)).output).toBe('1.5')
    },
    { hostJson: hostJson('2.0') }
  )
})

test('an instance of a newer version waits for a host of its version, and loses nothing', async () => {
  await withStateFile(async (stateFile) => {
    const newer = await open(register, { stateFile, hostJson: hostJson('2.0') })
    await newer.client.startNew('story', { instanceId: 'one' })
    await newer.stop()

    const older = await open(register, { stateFile, hostJson: hostJson('1.9') })
    await older.client.raiseEvent('one', 'go', null)
    await until(() => older.lines.some((line) => line.includes('Its version is 2.0, and this host runs 1.9')))
    expect((await older.client.getStatus('one')).runtimeStatus).toBe('Running')
    await older.stop()

    const again = await open(register, { stateFile, hostJson: hostJson('2.0') })
    expect((await again.ended('one')).output).toEqual({ version: '2.0' })
    await again.stop()
  })
})

// Seen: a termination is a message like any other, and this host takes none for the instance.
test('an instance of a newer version that is terminated stays pending, has no history, and ends with a host of its version', async () => {
  await withStateFile(async (stateFile) => {
    const older = await open(register, { stateFile, hostJson: hostJson('1.9') })
    await older.client.startNew('story', { instanceId: 'one', version: '2.0' })
    await older.client.terminate('one', 'not needed')
    await until(() => older.lines.some((line) => line.includes('Its version is 2.0, and this host runs 1.9')))
    const { runtimeStatus, history } = await older.client.getStatus('one', { showHistory: true })
    expect([runtimeStatus, history ?? []]).toEqual(['Pending', []])
    await older.stop()

    const newer = await open(register, { stateFile, hostJson: hostJson('2.0') })
    expect(await newer.ended('one')).toMatchObject({ runtimeStatus: 'Terminated', output: 'not needed' })
    await newer.stop()
  })
})

test('with versionFailureStrategy Fail an instance of a newer version fails and says why', async () => {
  await withHost(
    register,
    async (host) => {
      const id = await host.client.startNew('story', { version: '3.0' })
      expect(await host.ended(id)).toMatchObject({
        runtimeStatus: 'Failed',
        output: expect.stringContaining('Its version is 3.0, and this host runs 2.0')
      })
    },
    { hostJson: hostJson('2.0', { versionFailureStrategy: 'Fail' }) }
  )
})

test.for([
  ['CurrentOrOlder', '1.0', '1.0', true],
  ['CurrentOrOlder', '1.9', '1.10', true],
  ['CurrentOrOlder', '1.10', '1.9', false],
  ['CurrentOrOlder', '1.0.0', '1.0', false],
  ['CurrentOrOlder', null, '1.0', true],
  ['CurrentOrOlder', 'Beta', 'alpha', false],
  ['CurrentOrOlder', 'ALPHA', 'alpha', true],
  ['Strict', '1.0', '1.1', false],
  ['Strict', '1.1', '1.1', true],
  ['None', '9.0', '1.0', true]
] as const)('%s: version %s on a host of %s: %s', ([matchStrategy, version, defaultVersion, runs]) => {
  expect(mayRun(version, { defaultVersion, matchStrategy, failureStrategy: 'Reject' })).toBe(runs)
})
