import { expect, test } from 'vitest'
import { df, until, withHost } from './harness.ts'

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
    expect(output).toMatchObject({ own: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}:0$/) })
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

// Seen: durable-functions cannot read a failure without details (js orchestrations/TaskOrchestrationExecutor.ts).
test('a child that is terminated fails its parent as non-deterministic', async () => {
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
        output: expect.stringContaining('Non-Deterministic workflow detected')
      })
    }
  )
})

// Seen. ext ContextImplementations/DurableOrchestrationContext.cs 596-601, swallowed by Listener/OutOfProcOrchestrationShim.cs.
test.each([
  ['with the id of its own parent', { name: 'child', id: 'SAME' }],
  ['that is not registered', { name: 'nobody' }]
])('a parent waits for ever for a child %s', async (_, input) => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('parent', { instanceId: 'same', input })
    await host.client.raiseEvent(id, 'anything', 1)
    await until(async () => (await host.history(id)).includes('EventRaised anything'))
    expect((await host.client.getStatus(id)).runtimeStatus).toBe('Running')
    expect((await host.client.getStatusAll()).map(({ instanceId }) => instanceId)).toEqual(['same'])
  })
})
