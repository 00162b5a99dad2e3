import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StoredWorld } from '../../../../local/azure/core/world.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ckey-world-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('what one process remembered, the next one finds, in the order it was first said', () => {
  const first = new StoredWorld(join(folder, 'azure.sqlite'))
  first.collection<{ n: number }>('things').set('b', { n: 1 })
  first.collection<{ n: number }>('things').set('a', { n: 2 })
  first.collection<{ n: number }>('things').set('b', { n: 3 })
  first.collection<{ n: number }>('things').delete('nothing')
  first.close()
  const second = new StoredWorld(join(folder, 'azure.sqlite'))
  expect(second.collection('things').values()).toEqual([{ n: 3 }, { n: 2 }])
  expect([first.fresh, second.fresh]).toEqual([true, false])
  expect(second.secret).toBe(first.secret)
  second.close()
})

test('what was deleted stays deleted', () => {
  const first = new StoredWorld(join(folder, 'azure.sqlite'))
  first.collection('things').set('a', { n: 1 })
  expect(first.collection('things').delete('a')).toBe(true)
  expect(first.collection('things').delete('a')).toBe(false)
  first.close()
  const second = new StoredWorld(join(folder, 'azure.sqlite'))
  expect(second.collection('things').has('a')).toBe(false)
  second.close()
})

test('a value cannot be changed behind the back of the store', () => {
  const world = new StoredWorld(':memory:')
  const given = { list: [1] }
  world.collection<{ list: number[] }>('things').set('a', given)
  given.list.push(2)
  expect(world.collection('things').get('a')).toEqual({ list: [1] })
  expect(() => world.collection<{ list: number[] }>('things').get('a')?.list.push(3)).toThrow(TypeError)
})

test('every fresh state signs with another secret', () => {
  expect(new StoredWorld(':memory:').secret).not.toBe(new StoredWorld(':memory:').secret)
})

test('a second simulated Azure on the same state is refused with what to do', () => {
  const first = new StoredWorld(join(folder, 'azure.sqlite'))
  expect(() => new StoredWorld(join(folder, 'azure.sqlite'))).toThrow(
    /azure\.sqlite cannot be used: database is locked\. Stop the rehearsal/
  )
  first.close()
  new StoredWorld(join(folder, 'azure.sqlite')).close()
})

test('a state of another version, or one that is no state, is refused instead of being taken for a new one', () => {
  const file = join(folder, 'azure.sqlite')
  const first = new StoredWorld(file)
  first.collection('world').set('secret', { secret: first.secret }) // as it was before formats
  first.close()
  expect(() => new StoredWorld(file)).toThrow(/azure\.sqlite was kept by another version of the rehearsal/)
  writeFileSync(file, 'no state at all, and longer than the head of a database file would be '.repeat(20))
  expect(() => new StoredWorld(file)).toThrow(/azure\.sqlite cannot be used: .*\. Put back the file that was there/)
})
