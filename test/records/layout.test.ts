import { expect, test } from 'vitest'
import { layout } from '../../src/domain/terms/layout.ts'
import { whyNotLayout } from '../../src/records/layout.ts'
import { memoryStore } from './memory-store.ts'

const put = (store: ReturnType<typeof memoryStore>, name: string, content: object) =>
  store.putNew(
    { container: 'records', name },
    { bytes: new TextEncoder().encode(JSON.stringify(content)), contentType: 'application/json' }
  )

test('an empty store is marked once, and is this version’s from then on', async () => {
  const store = memoryStore()
  expect(await Promise.all([whyNotLayout(store), whyNotLayout(store)])).toEqual([undefined, undefined])
  await put(store, 'contoso-1/plan.json', {})
  expect(await whyNotLayout(store)).toBeUndefined()
})

test('a store with records and no mark is refused, in three beats', async () => {
  const store = memoryStore()
  await put(store, 'contoso-1/hand-off.json', {})
  expect(await whyNotLayout(store)).toMatch(
    /layout 1.*holds records of a version before layouts.*Nothing was read or changed.*Deploy the version/
  )
})

test('a store of another layout is refused', async () => {
  const store = memoryStore()
  await put(store, 'hub/layout.json', { format: 1, layout: layout + 1 })
  expect(await whyNotLayout(store)).toMatch(/is of layout 2/)
})
