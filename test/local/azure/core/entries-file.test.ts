import { setImmediate as nextTurn } from 'node:timers/promises'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { EntriesFile } from '../../../../local/azure/core/entries-file.ts'

const large = JSON.stringify('x'.repeat(100_000))

/** A database whose disk has room for so many pages, as SQLite itself has it: beyond them it answers SQLITE_FULL. */
function roomFor(pages: number) {
  const database = new DatabaseSync(':memory:')
  const room = (most: number): void => database.exec(`PRAGMA max_page_count = ${String(most)}`)
  const lost: string[] = []
  const file = new EntriesFile(database, { onLost: ({ message }) => lost.push(message), pauses: [5, 5, 5] })
  room(pages)
  const ids = (): unknown[] => [...file.all()].map(({ id }) => id)
  return { file, room, lost, ids }
}

test('what is put in one turn is on disk together in the next, and not before', async () => {
  const { file, ids } = roomFor(1000)
  file.put({ collection: 'blobs', id: 'content', json: '1' })
  await Promise.resolve()
  file.put({ collection: 'blobs', id: 'protection', json: '2' })
  expect(ids()).toEqual([])
  await nextTurn()
  expect(ids()).toEqual(['content', 'protection'])
})

test('a disk that is full keeps everybody waiting, and who made room in time is not told of anything', async () => {
  const { file, room, lost, ids } = roomFor(10)
  file.put({ collection: 'blobs', id: 'a', json: large })
  const saved = file.saved()
  await nextTurn()
  file.put({ collection: 'blobs', id: 'b', json: '1' })
  expect(ids()).toEqual([])
  room(1000)
  await saved
  expect([ids(), lost]).toEqual([['a', 'b'], []])
})

test('after some tries it is given up with a clear error, and from then on nobody is told that anything is kept', async () => {
  const { file, room, lost, ids } = roomFor(10)
  file.put({ collection: 'blobs', id: 'a', json: large })
  await expect(file.saved()).rejects.toThrow(/could not write .* in 4 tries: database or disk is full\. Give it room/)
  expect(lost).toHaveLength(1)
  room(1000)
  file.put({ collection: 'blobs', id: 'b', json: '1' })
  await expect(file.saved()).rejects.toThrow(/disk is full/)
  expect(ids()).toEqual([])
  file.close()
})

test('whoever waits while it is closed hears that it is kept', async () => {
  const { file } = roomFor(1000)
  file.put({ collection: 'blobs', id: 'a', json: '1' })
  const saved = file.saved()
  file.close()
  await saved
})
