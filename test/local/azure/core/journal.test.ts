import { expect, test } from 'vitest'
import { Journal, type JournalEntry } from '../../../../local/azure/core/journal.ts'
import { StoredWorld } from '../../../../local/azure/core/world.ts'

const entry = (requestId: string, operation = 'vaults.get'): Omit<JournalEntry, 'seq'> => ({
  at: '2026-11-23T17:00:00.000Z',
  service: 'arm',
  operation,
  method: 'GET',
  host: 'management.azure.com',
  path: '/subscriptions',
  status: 200,
  requestId,
  applied: true
})

test('requests are numbered, counted and found again by their id', () => {
  const journal = new Journal(new StoredWorld(':memory:'))
  journal.append(entry('one'))
  journal.append(entry('two'))
  journal.append(entry('three', 'vaults.update'))
  expect(journal.entries().map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(journal.counts()).toEqual({ arm: { 'vaults.get': 2, 'vaults.update': 1 } })
  expect([journal.has('two'), journal.has('four')]).toEqual([true, false])
})

test('a journal that is taken up again goes on counting', () => {
  const world = new StoredWorld(':memory:')
  new Journal(world).append(entry('one'))
  const again = new Journal(world)
  expect(again.has('one')).toBe(true)
  expect(again.append(entry('two')).seq).toBe(2)
})
