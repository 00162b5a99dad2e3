import { describe, expect, test } from 'vitest'
import type { Container, RecordStore } from '../../src/contracts/record-store.ts'
import { useSimulation } from '../azure/simulation.ts'
import { memoryStore } from '../records/memory-store.ts'

/** What each store must give (`RecordStore`), that of a slot and that of `app`: another one is put into this list. */
const simulation = useSimulation()
const inMemory = memoryStore()
const stores: readonly (readonly [string, () => Record<'store' | 'appStore', RecordStore>])[] = [
  ['Azure Blob Storage', () => ({ store: simulation.azure.slot(1).store, appStore: simulation.azure.app.store })],
  ['the store in memory', () => ({ store: inMemory, appStore: inMemory })]
]

const text = (content: string) => ({ bytes: Buffer.from(content), contentType: 'text/plain' })
const at = (name: string, container: Container = 'evidence') => ({ container, name })

describe.each(stores)('%s', (_, connected) => {
  const store = () => connected().store
  const appStore = () => connected().appStore

  test('keeps a document as its first writer wrote it, and tells the second', async () => {
    expect((await store().putNew(at('port/first'), text('one'))).value).toMatchObject({ created: true })
    expect((await store().putNew(at('port/first'), text('two'))).value).toEqual({ created: false })
    expect(String(Buffer.from((await store().read(at('port/first'))).value?.bytes ?? []))).toBe('one')
  })

  test.each(['ledger', 'records'] as const)(
    'tells whoever comes second to %s in the store of the app',
    async (container) => {
      expect((await appStore().putNew(at('port/1', container), text('one'))).value).toMatchObject({ created: true })
      expect((await appStore().putNew(at('port/1', container), text('one'))).value).toEqual({ created: false })
      expect((await appStore().putNew(at('port/1', container), text('two'))).value).toEqual({ created: false })
      expect(String(Buffer.from((await appStore().read(at('port/1', container))).value?.bytes ?? []))).toBe('one')
    }
  )

  test('lets one of many that put the same name at once be the first', async () => {
    const put = (content: string) => appStore().putNew(at('port/race', 'ledger'), text(content))
    const told = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(put))
    expect(told.filter(({ value }) => value.created)).toHaveLength(1)
  })

  test('says when a document was written, by its own clock, with the content and without, for ever', async () => {
    const [before, place] = [(await appStore().now('ledger')).value, at('port/dated', 'ledger')] as const
    const { value: put } = await appStore().putNew(place, text('one'))
    const createdAt = (await appStore().read(place)).value?.createdAt ?? ''
    expect(put).toEqual({ created: true, createdAt }) // chains are linked by it before anybody reads it
    expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/)
    expect(createdAt >= before && createdAt <= (await appStore().now('ledger')).value).toBe(true)
    await simulation.simulated.clock.advance(86_400_000)
    await appStore().putNew(place, text('one'))
    expect((await appStore().properties(place)).value?.createdAt).toBe(createdAt)
    expect((await appStore().read(place)).value?.createdAt).toBe(createdAt)
  })

  test('says of a document that is not there that it is not', async () => {
    expect((await store().read(at('port/nothing'))).value).toBeUndefined()
    expect((await store().properties(at('port/nothing'))).value).toBeUndefined()
  })

  test('tells size and metadata without the content, under the address it gives', async () => {
    await store().putNew(at('port/told', 'backups'), { ...text('four'), metadata: { takenat: 'today' } })
    const { value } = await store().properties(at('port/told', 'backups'))
    expect(value).toMatchObject({ size: 4, metadata: { takenat: 'today' } })
    expect(value?.url).toBe(await store().urlOf(at('port/told', 'backups')))
  })

  test('lists the names under a prefix in order, as soon as they are written', async () => {
    for (const name of ['port/list/b', 'port/list/B', 'port/list/a', 'port/other'])
      await store().putNew(at(name), text(name))
    expect((await store().list('evidence', 'port/list/')).value).toEqual(['port/list/B', 'port/list/a', 'port/list/b'])
  })

  test('gives back what was done under a lock, and lets the next one in', async () => {
    expect(await store().withLease('port/lock', async () => 'done')).toBe('done')
    expect(await store().withLease('port/lock', async () => 'again')).toBe('again')
  })

  test('keeps everybody else out while a lock is held', async () => {
    const name = 'port/held'
    await store().withLease(name, async () => {
      await expect(store().withLease(name, async () => 'in')).rejects.toMatchObject({ kind: 'unavailable' })
    })
  })
})
