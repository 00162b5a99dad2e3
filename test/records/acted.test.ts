import { expect, test } from 'vitest'
import { readActed, writeActed } from '../../src/records/acted.ts'
import { tenantId, useSimulation } from '../azure/simulation.ts'

const simulation = useSimulation()
const at = '2026-11-02T18:00:00.000Z'
const actor = (n: number) => ({ tenantId, oid: `aaaaaaaa-0000-4000-8000-${String(n).padStart(12, '0')}` })
const nameOf = ({ oid }: { readonly oid: string }): string => `acted/${tenantId}/${oid}.json`

test('who acted for which slot lies where the app adds and changes nothing, and the first act stands', async () => {
  const { store } = simulation.azure.app
  expect(await writeActed(store, actor(1), { slot: 1, at })).toBe(1)
  expect(await writeActed(store, actor(1), { slot: 2, at })).toBe(1)
  expect(await readActed(store, actor(1))).toBe(1)
  expect((await store.list('ledger', 'acted/')).value).toEqual([nameOf(actor(1))])
  expect((await store.list('records', 'acted/')).value).toEqual([])
})

test('what a release before wrote among the records counts as well, and is written beside the ledger with the next act', async () => {
  const { store } = simulation.azure.app
  const bytes = new TextEncoder().encode(JSON.stringify({ format: 1, slot: 2, at }))
  for (const n of [2, 3])
    await store.putNew({ container: 'records', name: nameOf(actor(n)) }, { bytes, contentType: 'application/json' })
  expect(await readActed(store, actor(2))).toBe(2)
  expect(await writeActed(store, actor(2), { slot: 1, at })).toBe(2)
  expect(await writeActed(store, actor(3), { slot: 2, at })).toBe(2)
  expect((await store.list('ledger', 'acted/')).value).toEqual([nameOf(actor(1)), nameOf(actor(3))])
})
