import { expect, test } from 'vitest'
import { bothSlots, bySlot, listed, ofSlot, otherSlot } from '../../../src/domain/terms/by-slot.ts'

test('a value per slot is made for both, and listed with slot 1 first', () => {
  const names = bySlot((slot) => `vault ${String(slot)}`)
  expect(names).toEqual({ 1: 'vault 1', 2: 'vault 2' })
  expect(listed(names)).toEqual(['vault 1', 'vault 2'])
})

test('of a pair each slot has its own', () => {
  expect(bothSlots.map((slot) => ofSlot(['first', 'second'], slot))).toEqual(['first', 'second'])
  expect(bothSlots.map(otherSlot)).toEqual([2, 1])
})
