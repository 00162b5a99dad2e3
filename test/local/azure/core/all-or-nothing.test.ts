import { expect, test } from 'vitest'
import { allOrNothing } from '../../../../local/azure/core/all-or-nothing.ts'

test('where a part does not start, those before it are ended, the last first, whatever becomes of that', async () => {
  const ended: string[] = []
  const started = allOrNothing(async (began) => {
    began('one', (part) => ended.push(part))
    began('two', () => Promise.reject(new Error('it does not end')))
    began('three', (part) => ended.push(part))
    await Promise.reject(new Error('no room for four'))
  })
  await expect(started).rejects.toThrow('no room for four')
  expect(ended).toEqual(['three', 'one'])
})

test('where all start, none is ended', async () => {
  const ended: string[] = []
  expect(await allOrNothing(async (began) => began('one', (part) => ended.push(part)))).toBe('one')
  expect(ended).toEqual([])
})
