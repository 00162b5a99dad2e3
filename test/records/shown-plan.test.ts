import { expect, test } from 'vitest'
import { readShown, wasShown, writeShown } from '../../src/records/shown-plan.ts'
import { memoryStore } from './memory-store.ts'

const of = { onboarding: 'one', digest: 'v1.abc' }
const [alice, bob] = ['11111111-0000-4000-8000-00000000000a', '22222222-0000-4000-8000-00000000000b'] as const
const shownTo = (oid: string) => ({ ...of, by: 'alice@contoso.com', person: { oid, tid: 't' }, on: 'api' }) as const

test('a plan was shown to whom the record is of, under that digest alone', async () => {
  const store = memoryStore()
  await writeShown(store, shownTo(alice))
  expect(await wasShown(store, { ...of, oid: alice.toUpperCase() })).toBe(true)
  expect(await wasShown(store, { ...of, oid: bob })).toBe(false)
  expect(await wasShown(store, { ...of, digest: 'v1.abd', oid: alice })).toBe(false)
  expect(await wasShown(store, { ...of, onboarding: 'two', oid: alice })).toBe(false)
})

test('a record that lies under one person and names another is of nobody: neither approves by it', async () => {
  const store = memoryStore()
  await writeShown(store, shownTo(alice))
  const place = (oid: string) => ({ container: 'records', name: `one/shown/v1.abc/${oid}.json` }) as const
  const { value: copy } = await store.read(place(alice))
  if (!copy) throw new Error('there is no record to copy: the case would show nothing')
  await store.putNew(place(bob), { bytes: copy.bytes, contentType: 'application/json' })
  expect(await wasShown(store, { ...of, oid: bob })).toBe(false)
  expect(await readShown(store, of)).toMatchObject([{ person: { oid: alice } }])
})
