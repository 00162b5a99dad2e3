import { describe, expect, test } from 'vitest'
import { connectAzure } from '../../../src/azure/connect.ts'
import type { RecordStore } from '../../../src/contracts/record-store.ts'
import type { Saying } from '../../../src/domain/ledger/entry.ts'
import { chainsIn } from '../../../src/records/ledger/chains.ts'
import { useSimulation } from '../../azure/simulation.ts'

const simulation = useSimulation()
/** Another process: it has connections of its own, and has read nothing. */
const another = (): RecordStore => connectAzure(simulation.config).app.store

const claim = (id: string): Saying => ({ kind: 'claim', id, onboarding: id })
const idsIn = async (chain: string) => (await chainsIn(another()).read(chain)).map(({ said }) => said.id)

describe('a chain', () => {
  test('is there from its first entry on', async () => {
    expect(await chainsIn(another()).read('claims/none')).toEqual([])
  })

  test('says the same once, and gives it back to whoever says it again', async () => {
    const first = await chainsIn(another()).add('claims/once', claim('a'))
    const again = await chainsIn(another()).add('claims/once', { kind: 'claim', id: 'a', onboarding: 'b' })
    expect(first?.isNew).toBe(true)
    expect(again).toEqual({ isNew: false, entry: first?.entry })
    expect(await idsIn('claims/once')).toEqual(['a'])
  })

  test('has each entry of several writers once, in one order for all, however they interleave', async () => {
    const writers = [another(), another(), another(), another()]
    await Promise.all(
      writers.map(async (store, writer) => {
        for (let n = 0; n < 6; n++) await chainsIn(store).add('claims/woven', claim(`${String(writer)}-${String(n)}`))
      })
    )
    const ids = await idsIn('claims/woven')
    expect(ids).toHaveLength(24)
    expect(new Set(ids).size).toBe(24)
    for (const store of writers)
      expect((await chainsIn(store).read('claims/woven')).map(({ said }) => said.id)).toEqual(ids)
    const ofFirst = ids.filter((id) => id.startsWith('0-'))
    expect(ofFirst).toEqual(ofFirst.toSorted())
  })

  test('takes a hundred at the same time, from two processes that say the same', async () => {
    const all = Array.from({ length: 100 }, (_, index) => claim(`c${String(index)}`))
    const [one, other] = [chainsIn(another()), chainsIn(another())]
    const added = await Promise.all(
      all.flatMap((each) => [one.add('claims/hundred', each), other.add('claims/hundred', each)])
    )
    expect((await idsIn('claims/hundred')).toSorted()).toEqual(all.map(({ id }) => id).toSorted())
    expect(added.filter((each) => each?.isNew)).toHaveLength(100)
  })

  test('judges who may follow by all that stands there, also what others wrote meanwhile', async () => {
    const [one, other] = [chainsIn(another()), chainsIn(another())]
    await one.read('claims/judged')
    await other.add('claims/judged', claim('a'))
    const isEmpty = (entries: readonly unknown[]) => entries.length === 0
    expect(await one.add('claims/judged', claim('b'), isEmpty)).toBeUndefined()
    const hasOne = (entries: readonly unknown[]) => entries.length === 1
    expect((await one.add('claims/judged', claim('b'), hasOne))?.isNew).toBe(true)
  })

  test('dates its entries by the clock of the store, the same at every reading', async () => {
    const store = another()
    await simulation.simulated.clock.advance(5 * 86_400_000)
    const before = (await store.now('ledger')).value
    const added = await chainsIn(store).add('claims/dated', claim('a'))
    await simulation.simulated.clock.advance(86_400_000)
    expect(added && Date.parse(added.entry.moment) - Date.parse(before)).toBeLessThan(60_000)
    expect(added && Date.parse(added.entry.moment) >= Date.parse(before)).toBe(true)
    expect((await chainsIn(another()).read('claims/dated'))[0]?.moment).toBe(added?.entry.moment)
  })

  test('is added to by one call by whoever knows it, and by one look more where somebody came between', async () => {
    const [one, other] = [chainsIn(another()), chainsIn(another())]
    await one.add('claims/counted', claim('a'))
    expect(await callsOf(() => one.add('claims/counted', claim('b')))).toEqual(['blob.put 201'])
    await other.add('claims/counted', claim('c'))
    const between = await callsOf(() => one.add('claims/counted', claim('d')))
    expect(between).toEqual(['blob.put 403', 'blob.get 200', 'blob.put 201'])
    expect(await idsIn('claims/counted')).toEqual(['a', 'b', 'c', 'd']) // linked by moments that others read
  })

  test('is found by the beginning of its name', async () => {
    await chainsIn(another()).add('branch.found.a.1', claim('a'))
    await chainsIn(another()).add('branch.found.a.2', claim('a'))
    await chainsIn(another()).add('branch.foundry.a.2', claim('a'))
    expect(await chainsIn(another()).names('branch.found.')).toEqual(['branch.found.a.1', 'branch.found.a.2'])
  })
})

describe('a chain that somebody has changed', () => {
  test('is not read where an entry does not name the one before it', async () => {
    const store = another()
    await chainsIn(store).add('claims/forged', claim('a'))
    const said = { format: 1, said: claim('b'), previous: { sha256: 'other', moment: '2026-11-02T17:00:00.000Z' } }
    await forge(store, 'claims/forged/000002', said)
    await expect(chainsIn(another()).read('claims/forged')).rejects.toThrow(/claims\/forged\/000002 .*does not follow/)
  })

  test('is not read where its first entry names one before it', async () => {
    const previous = { sha256: 'other', moment: '2026-11-02T17:00:00.000Z' }
    await forge(another(), 'claims/headless/000001', { format: 1, said: claim('a'), previous })
    await expect(chainsIn(another()).read('claims/headless')).rejects.toThrow(/000001 .*does not follow/)
  })

  test('is not read where a number is missing, and nothing is added to it', async () => {
    const store = another()
    await chainsIn(store).add('claims/gap', claim('a'))
    await forge(store, 'claims/gap/000003', { format: 1, said: claim('c') })
    await expect(chainsIn(another()).read('claims/gap')).rejects.toThrow(/claims\/gap\/000002 .*missing/)
    await expect(chainsIn(another()).add('claims/gap', claim('b'))).rejects.toThrow(/missing/)
  })

  test('is not read where an entry is of a format to come', async () => {
    await forge(another(), 'claims/later/000001', { format: 2, said: claim('a') })
    await expect(chainsIn(another()).read('claims/later')).rejects.toThrow(/its format is 2/)
  })
})

async function callsOf(work: () => Promise<unknown>): Promise<string[]> {
  const before = simulation.simulated.journal.entries().length
  await work()
  const since = simulation.simulated.journal.entries().slice(before)
  return since.map(({ operation, status }) => `${operation} ${String(status)}`)
}

const forge = (store: RecordStore, name: string, document: object) =>
  store.putNew(
    { container: 'ledger', name },
    { bytes: Buffer.from(JSON.stringify(document)), contentType: 'application/json' }
  )
