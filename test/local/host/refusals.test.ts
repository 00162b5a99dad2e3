import { expect, test } from 'vitest'
import { app, df, withHost } from '../../conformance/harness.ts'

const nothing = (): Promise<void> => Promise.resolve()

test("a trigger the host does not have is refused with the function's name", async () => {
  const register = (): void => app.storageQueue('onMail', { queueName: 'q', connection: 'c', handler: () => undefined })
  await expect(withHost(register, nothing)).rejects.toThrow(/Function "onMail" cannot run .*"queueTrigger"/)
})

test("an output binding the host does not have is refused with the function's name", async () => {
  const register = (): void =>
    app.http('writes', {
      extraOutputs: [{ type: 'blob', name: 'file', path: 'a/b' }],
      handler: () => ({ status: 200 })
    })
  await expect(withHost(register, nothing)).rejects.toThrow(/Function "writes" cannot run .*"blob" \(out\)/)
})

test('durable entities are refused', async () => {
  await expect(withHost(() => df.app.entity('counter', () => undefined), nothing)).rejects.toThrow(
    /Function "counter" .*entities are not built/
  )
})

test('two functions of one name are refused', async () => {
  const register = (): void => {
    for (const _ of [1, 2]) df.app.activity('twice', { handler: () => 1 })
  }
  await expect(withHost(register, nothing)).rejects.toThrow('Two functions are named "twice"')
})
