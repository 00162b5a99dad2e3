import { expect, test } from 'vitest'
import { df, withHost } from './harness.ts'

// Ids: core TaskOrchestrationContext.cs 185-221; parents, and what they are told: core TaskOrchestrationDispatcher.cs
// 1088-1116, 1299.

function register(): void {
  df.app.orchestration('child', function* (context) {
    yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 1000))
    return { input: context.df.getInput(), own: context.df.instanceId, parent: context.df.parentInstanceId }
  })
  df.app.orchestration('fails', function* (context) {
    yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 1000))
    throw new Error('child trouble')
  })
  df.app.orchestration('parent', function* (context) {
    const { name, id } = context.df.getInput<{ name: string; id?: string }>() ?? { name: 'child' }
    return yield context.df.callSubOrchestrator(name, 'text', id)
  })
  df.app.orchestration('family', function* (context) {
    return yield context.df.Task.all(
      ['a', 'b', 'c'].map((id) => context.df.callSubOrchestrator('child', { id }, `${context.df.instanceId}:${id}`))
    )
  })
}

test("a child has the id it was given, its input and its parent's id", async () => {
  await withHost(register, async (host) => {
    const { output, instanceId } = await host.run('parent', { name: 'child', id: 'kid' })
    expect(output).toEqual({ input: 'text', own: 'kid', parent: instanceId })
    expect((await host.client.getStatus('kid')).runtimeStatus).toBe('Completed')
  })
})

test("a child without an id is named after its parent's execution and its place in it", async () => {
  await withHost(register, async (host) => {
    const { output } = await host.run('parent', { name: 'child' })
    expect(output).toMatchObject({ own: expect.stringMatching(/^[\da-f]{32}:0$/) })
  })
})

test('children run side by side', async () => {
  await withHost(register, async (host) => {
    const { output } = await host.run('family')
    expect(output).toMatchObject([{ input: { id: 'a' } }, { input: { id: 'b' } }, { input: { id: 'c' } }])
  })
})

test("a child's failure throws in its parent", async () => {
  await withHost(register, async (host) => {
    const { runtimeStatus, output } = await host.run('parent', { name: 'fails' })
    expect(runtimeStatus).toBe('Failed')
    expect(output).toContain("Orchestrator function 'fails' failed: child trouble")
  })
})

test('a child that is terminated throws in its parent', async () => {
  await withHost(
    () => {
      register()
      df.app.orchestration('waits', function* (context) {
        yield context.df.waitForExternalEvent('never')
      })
    },
    async (host) => {
      const id = await host.client.startNew('parent', { input: { name: 'waits', id: 'kid' } })
      await expect.poll(async () => (await host.api('instances/kid')).status).toBe(202)
      await host.client.terminate('kid', 'no longer wanted')
      expect(await host.ended(id)).toMatchObject({
        runtimeStatus: 'Failed',
        output: expect.stringContaining('no longer wanted')
      })
    }
  )
})

// ext ContextImplementations/DurableOrchestrationContext.cs 596-601.
test('a child with the id of its own parent fails the parent', async () => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('parent', { instanceId: 'same', input: { name: 'child', id: 'SAME' } })
    expect(await host.ended(id)).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining('an id of its own')
    })
  })
})

test('a sub-orchestrator that is not registered fails the parent', async () => {
  await withHost(register, async (host) => {
    expect(await host.run('parent', { name: 'nobody' })).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining('no orchestrator function "nobody"')
    })
  })
})
