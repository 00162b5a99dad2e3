import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../../local/host/store/open.ts'
import { Store } from '../../../../local/host/store/store.ts'
import { createWriter, type Writer } from '../../../../local/host/store/writes.ts'

let folder: string
let database: DatabaseSync
let store: Store
let writer: Writer
let failures: unknown[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'writes-'))
  database = openDatabase(join(folder, 'state.db'))
  store = new Store(database)
  failures = []
  writer = createWriter(database, { alongside: () => undefined, onFailure: (error) => failures.push(error) })
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

test('writes that are ready together are committed together, each with its own result', async () => {
  const numbers = await Promise.all([1, 2, 3].map((number) => writer.write(() => number * 2)))
  expect(numbers).toEqual([2, 4, 6])
})

test('a write that throws takes back its own rows and no others', async () => {
  const [first, second, third] = await Promise.allSettled([
    writer.write(() => store.setMeta('a', '1')),
    writer.write(() => {
      store.setMeta('b', '2')
      throw new Error('no')
    }),
    writer.write(() => store.setMeta('c', '3'))
  ])
  expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect([store.meta('a'), store.meta('b'), store.meta('c')]).toEqual(['1', undefined, '3'])
  expect(failures).toEqual([])
})

test('a full disk fails every write that is waiting, says so, and leaves the file as it was', async () => {
  await writer.write(() => store.setMeta('kept', 'yes'))
  database.exec('PRAGMA max_page_count = 20')
  const large = 'x'.repeat(1_000_000)
  const results = await Promise.allSettled([
    writer.write(() => store.setMeta('small', '1')),
    writer.write(() => store.setMeta('large', large))
  ])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(String(failures[0])).toContain('full')

  const again = new DatabaseSync(join(folder, 'state.db'), { readOnly: true })
  expect(again.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
  expect(new Store(again).meta('kept')).toBe('yes')
  expect(new Store(again).meta('small')).toBeUndefined()
  again.close()
})

test('once closed, a write is refused, and is no failure of the file', async () => {
  await writer.close()
  await expect(writer.write(() => 1)).rejects.toThrow('The host has stopped')
  expect(failures).toEqual([])
})
