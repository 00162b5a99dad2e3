import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineDigestedRecord, defineRecord } from '../../src/records/define-record.ts'
import { UnreadableRecord } from '../../src/contracts/unreadable-record.ts'
import { memoryStore } from './memory-store.ts'

const boat = z.object({ name: z.string(), crew: z.int(), port: z.string().exactOptional() })
const boats = defineRecord({
  kind: 'managed vault',
  format: 2,
  schema: boat,
  name: (name: string) => `boats/${name}.json`,
  older: { 1: (document) => boat.parse({ ...z.object({ name: z.string() }).parse(document), crew: 1 }) }
})
const place = { container: 'records', name: 'boats/Ada.json' } as const

async function storeWith(text: string) {
  const store = memoryStore()
  await store.putNew(place, { bytes: new TextEncoder().encode(text), contentType: 'application/json' })
  return store
}

describe('a record', () => {
  test('lies as JSON with its format, and reads as it was written', async () => {
    const store = memoryStore()
    await boats.put(store, 'Ada', { name: 'Ada', crew: 3 })
    expect(String(Buffer.from((await store.read(place)).value?.bytes ?? []))).toBe('{"format":2,"name":"Ada","crew":3}')
    expect(await boats.read(store, 'Ada')).toEqual({ name: 'Ada', crew: 3 })
    expect(await boats.has(store, 'Ada')).toBe(true)
  })

  test('stays as it was first written', async () => {
    const store = memoryStore()
    expect((await boats.put(store, 'Ada', { name: 'Ada', crew: 3 })).value.created).toBe(true)
    expect((await boats.put(store, 'Ada', { name: 'Ada', crew: 9 })).value.created).toBe(false)
    expect(await boats.read(store, 'Ada')).toMatchObject({ crew: 3 })
  })

  test('that is not there is undefined', async () => {
    expect(await boats.read(memoryStore(), 'Ada')).toBeUndefined()
    expect(await boats.has(memoryStore(), 'Ada')).toBe(false)
  })

  test('of an older format is read by the reader of that format', async () => {
    expect(await boats.read(await storeWith('{"format":1,"name":"Ada"}'), 'Ada')).toEqual({ name: 'Ada', crew: 1 })
  })

  test.each([
    ['{"format":2,"name":"Ada","crew":"three"}', '/crew'],
    ['{"name":"Ada","crew":3}', 'it has no format'],
    ['[]', 'it has no format'],
    ['{"format":2,', 'it is no JSON']
  ])('that does not fit says which, why, and what to do: %s', async (text, why) => {
    const store = await storeWith(text)
    const failure = boats.read(store, 'Ada')
    await expect(failure).rejects.toThrow(UnreadableRecord)
    await expect(failure).rejects.toThrow(/^The record boats\/Ada.json \(managed vault\) cannot be read: .*Restore it/)
    await expect(failure).rejects.toThrow(why)
  })

  test('of a later format is a newer release’s: that one is to be deployed again, and nothing to be restored', async () => {
    const failure = boats.read(await storeWith('{"format":3,"name":"Ada","crew":3}'), 'Ada')
    await expect(failure).rejects.toThrow(
      'newer release of this app wrote it, its format is 3, and this app knows those up to 2.'
    )
    await expect(failure).rejects.toThrow('Nothing was changed. Deploy that release again.')
    await expect(failure).rejects.toMatchObject({ isNewer: true })
  })

  test('that its own schema refuses is not written', async () => {
    const store = memoryStore()
    await expect(async () => boats.put(store, 'Ada', { name: 'Ada', crew: 1.5 })).rejects.toThrow('/crew')
    expect(await boats.has(store, 'Ada')).toBe(false)
  })

  test('has no field that its schema does not know', async () => {
    const store = memoryStore()
    const more = { name: 'Ada', crew: 3, secret: 'x' }
    await boats.put(store, 'Ada', more)
    expect(String(Buffer.from((await store.read(place)).value?.bytes ?? []))).not.toContain('secret')
  })
})

describe('a record with its digest in its name', () => {
  const logs = defineDigestedRecord({
    kind: 'verified vault',
    format: 1,
    schema: z.object({ miles: z.number() }),
    folder: (boatName: string) => `logs/${boatName}`
  })

  test('lies in one place however often it is kept, and is read by that place and digest', async () => {
    const store = memoryStore()
    const stored = await logs.keep(store, 'Ada', { miles: 7 })
    expect(await logs.keep(store, 'Ada', { miles: 7 })).toEqual(stored)
    expect(stored.name).toBe(`logs/Ada/${stored.sha256.slice(0, 12)}.json`)
    expect(await logs.read(store, stored)).toEqual({ miles: 7 })
  })

  test('is refused where it is not the one that was written', async () => {
    const store = memoryStore()
    const stored = await logs.keep(store, 'Ada', { miles: 7 })
    await expect(logs.read(store, { ...stored, sha256: '0' })).rejects.toThrow('is missing or not the one')
  })
})
