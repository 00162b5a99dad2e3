import { expect, test } from 'vitest'
import { df, until, withHost } from './harness.ts'

// Inputs and outputs: ext ContextImplementations/DurableActivityContext.cs 67-95, and the converters of @azure/functions
// (converters/fromRpcTypedData.ts and toRpcTypedData.ts). Shortened names of files: README.md of this folder.

function register(): void {
  df.app.activity('echo', { handler: (input: unknown) => input })
  df.app.activity('typeOf', { handler: (input: unknown) => typeof input })
  df.app.activity('nothing', { handler: () => undefined })
  df.app.activity('none', { handler: () => null })
  df.app.activity('bytes', { handler: () => Buffer.from('key') })
  df.app.activity('fails', {
    handler() {
      throw new Error('no such vault')
    }
  })
  df.app.orchestration('call', function* (context) {
    const { name, input } = context.df.getInput<{ name: string; input?: unknown }>() ?? { name: '' }
    return yield context.df.callActivity(name, input)
  })
  df.app.orchestration('catches', function* (context) {
    try {
      yield context.df.callActivity('fails')
      return 'did not throw'
    } catch (error) {
      return error instanceof Error ? error.message : 'threw no Error'
    }
  })
  df.app.orchestration('many', function* (context) {
    const results: unknown = yield context.df.Task.all(
      Array.from({ length: 100 }, (_, index) => context.df.callActivity('echo', index))
    )
    return results
  })
}

test('an activity gets and returns text, numbers, lists and objects as they are', async () => {
  await withHost(register, async (host) => {
    for (const input of ['plain', '"quoted"', '17', 17, 1.5, ['a', 1], { name: 'Ünïcødé 🔑', nested: { list: [1] } }]) {
      const { output } = await host.run('call', { name: 'echo', input })
      expect(output).toEqual(input)
    }
  })
})

// Seen: .NET writes a boolean that is the whole input.
test('an activity gets true and false as the texts True and False, and returns them as they are', async () => {
  await withHost(
    () => {
      register()
      df.app.activity('isText', { handler: (input: unknown) => input === 'True' })
    },
    async (host) => {
      expect((await host.run('call', { name: 'echo', input: true })).output).toBe('True')
      expect((await host.run('call', { name: 'isText', input: true })).output).toBe(true)
      expect((await host.run('call', { name: 'echo', input: { done: false } })).output).toEqual({ done: false })
    }
  )
})

// Seen: no number beyond 64 bits, and no key by which .NET would name a type.
test('an activity gets no number beyond 64 bits, and nothing named $type; what it returns is as it is', async () => {
  await withHost(
    () => {
      register()
      df.app.activity('large', { handler: () => ({ far: 1e21, $type: 'Kept' }) })
    },
    async (host) => {
      const input = {
        far: 1e21,
        below: [-1e300],
        near: 9007199254740991,
        $type: 'Some.Class',
        in: { $type: 'x', kept: 1 }
      }
      expect((await host.run('call', { name: 'echo', input })).output).toEqual({
        far: 2 ** 63,
        below: [-(2 ** 63)],
        near: 9007199254740991,
        in: { kept: 1 }
      })
      expect((await host.run('call', { name: 'large' })).output).toEqual({ far: 1e21, $type: 'Kept' })
    }
  )
})

test('an activity that returns nothing or null resolves to null', async () => {
  await withHost(register, async (host) => {
    expect((await host.run('call', { name: 'nothing' })).output).toBeNull()
    expect((await host.run('call', { name: 'none' })).output).toBeNull()
  })
})

test('an activity called without input gets undefined', async () => {
  await withHost(register, async (host) => {
    expect((await host.run('call', { name: 'typeOf' })).output).toBe('undefined')
  })
})

test('bytes come back as Base64', async () => {
  await withHost(register, async (host) => {
    expect((await host.run('call', { name: 'bytes' })).output).toBe(Buffer.from('key').toString('base64'))
  })
})

test('a megabyte goes in and comes out', async () => {
  await withHost(register, async (host) => {
    const input = '🔑'.repeat(262_144)
    expect((await host.run('call', { name: 'echo', input })).output).toBe(input)
  })
})

// ext Listener/TaskActivityShim.cs 123: "Activity function '{name}' failed: {message}";
// durable-functions joins Reason and Details.
test('a failing activity throws in the orchestrator with its name and message', async () => {
  await withHost(register, async (host) => {
    const { output, runtimeStatus } = await host.run('catches')
    expect(runtimeStatus).toBe('Completed')
    expect(output).toContain("Activity function 'fails' failed: no such vault")
  })
})

test('a failure that nobody catches fails the orchestration with its message', async () => {
  await withHost(register, async (host) => {
    const { output, runtimeStatus } = await host.run('call', { name: 'fails' })
    expect(runtimeStatus).toBe('Failed')
    expect(output).toContain("Orchestrator function 'call' failed: Activity function 'fails' failed: no such vault")
  })
})

// Seen. The extension swallows what it throws: ext Listener/OutOfProcOrchestrationShim.cs 177-197.
test('an orchestration that calls an activity that is not registered waits for ever, and the log says for what', async () => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('call', { input: { name: 'ecko' } })
    await until(() => host.lines.some((line) => /waits for ever: .* no activity function "ecko".*"echo"/.test(line)))
    await host.client.raiseEvent(id, 'anything', 1)
    await until(async () => (await host.history(id)).includes('EventRaised anything'))
    expect(await host.client.getStatus(id)).toMatchObject({ runtimeStatus: 'Running', output: null })
    expect(host.lines.filter((line) => line.includes('waits for ever'))).toHaveLength(1)
  })
})

test('a hundred activities at once come back in the order they were asked for', async () => {
  await withHost(register, async (host) => {
    const { output } = await host.run('many')
    expect(output).toEqual(Array.from({ length: 100 }, (_, index) => index))
  })
})

test('an activity may have a durable client of its own', async () => {
  await withHost(
    () => {
      df.app.activity('poke', {
        extraInputs: [df.input.durableClient()],
        handler: async (instance: string, context) => {
          await df.getClient(context).raiseEvent(instance, 'go', 'poked')
        }
      })
      df.app.orchestration('story', function* (context) {
        yield context.df.callActivity('poke', context.df.instanceId)
        return yield context.df.waitForExternalEvent('go')
      })
    },
    async (host) => {
      expect((await host.run('story')).output).toBe('poked')
    }
  )
})
