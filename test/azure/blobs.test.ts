import { describe, expect, test } from 'vitest'
import { connectAzure } from '../../src/azure/connect.ts'
import type { Container } from '../../src/contracts/record-store.ts'
import { useSimulation } from './simulation.ts'

const simulation = useSimulation()
const store = () => simulation.azure.slot(1).store
const records = () => simulation.azure.app.store
const text = (content: string) => ({ bytes: Buffer.from(content), contentType: 'text/plain' })
const at = (container: Container, name: string) => ({ container, name })

describe('blobs', () => {
  test('writes a new blob once and leaves it as it was first written', async () => {
    const place = at('evidence', 'contoso-1/first.json')
    expect((await store().putNew(place, text('one'))).value).toMatchObject({ created: true })
    const second = await store().putNew(place, text('two'))
    expect(second.value).toEqual({ created: false })
    expect(simulation.simulated.journal.has(second.call.requestId)).toBe(true)
    expect(String((await store().read(place)).value?.bytes)).toBe('one')
  })

  test('reports the immutability of a backup as the store sees it', async () => {
    const place = at('backups', 'contoso-1/key.bin')
    await store().putNew(place, { ...text('blob'), metadata: { key: 'x' } })
    const { value, call } = await store().properties(place)
    expect(value).toMatchObject({ size: 4, metadata: { key: 'x' }, immutabilityMode: 'Locked' })
    expect(value?.immutableUntil).toMatch(/^2027-11-02T17:0\d:\d\d\.000Z$/) // the simulation starts at 17:00
    expect(value?.url).toBe(await store().urlOf(place))
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })

  test('says that a blob which is not there is not there', async () => {
    const place = at('evidence', 'nothing')
    expect((await store().read(place)).value).toBeUndefined()
    const { value, call } = await store().properties(place)
    expect(value).toBeUndefined()
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })

  test('does not take a missing container for a missing blob', async () => {
    await expect(store().read(at('records', 'x'))).rejects.toMatchObject({ code: 'ContainerNotFound' })
  })

  test('lists names under a prefix, in order', async () => {
    for (const name of ['list/b', 'list/a', 'other/c']) await records().putNew(at('records', name), text(name))
    expect((await records().list('records', 'list/')).value).toEqual(['list/a', 'list/b'])
  })

  // The lock's own blob cannot be written then: 412 LeaseIdMissing, as Storage answers and Azurite does from 3.39 on.
  test('keeps everybody out while it holds a lock, the same work delivered twice as well', async () => {
    const outcome = await store().withLease('vault/key', async () => {
      await expect(store().withLease('vault/key', async () => 'in')).rejects.toMatchObject({ kind: 'unavailable' })
      return store().withLease('vault/other', async () => 'elsewhere')
    })
    expect(outcome).toBe('elsewhere')
    expect(await store().withLease('vault/key', async () => 'after')).toBe('after')
  })

  test('lets others in a minute after the death of whoever held a lock', async () => {
    let die: (() => void) | undefined
    const dead = store().withLease(
      'dead/key',
      () =>
        new Promise<void>((resolve) => {
          die = resolve
        })
    )
    await expect.poll(() => die).toBeDefined()
    await simulation.simulated.clock.advance(61_000)
    expect(await store().withLease('dead/key', async () => 'in')).toBe('in')
    die?.()
    await dead
  })

  test('gives a lock back when the work fails', async () => {
    await expect(
      store().withLease('failing', async () => {
        throw new Error('work')
      })
    ).rejects.toThrow('work')
    expect(await store().withLease('failing', async () => 'in')).toBe('in')
  })

  test('cannot reach the store of the other slot', async () => {
    const { config, azure } = simulation
    const stores = { ...config.stores, 'slot-1': config.stores['slot-2'] }
    const crossed = connectAzure({ ...config, stores }).slot(1).store
    await azure.slot(2).store.putNew(at('evidence', 'theirs'), text('x'))
    await expect(crossed.read(at('evidence', 'theirs'))).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(crossed.putNew(at('evidence', 'mine'), text('x'))).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
