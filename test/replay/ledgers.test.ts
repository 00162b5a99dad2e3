import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { LyingBlob } from '../../local/stage/lying-blobs.ts'
import type { RecordStore } from '../../src/contracts/record-store.ts'
import { branchChains, onboardingChain } from '../../src/domain/ledger/chains.ts'
import { entriesOfKind, type Entry } from '../../src/domain/ledger/entry.ts'
import { decide } from '../../src/domain/ledger/takeover.ts'
import { taskNamed } from '../../src/domain/tasks/task.ts'
import { release } from '../../src/domain/terms/release.ts'
import { chainsIn } from '../../src/records/ledger/chains.ts'
import { recalledIn } from '../../src/steps/ledger/recalled.ts'

// Ledgers of every released version, after each of their documents: what a later release reads of them, and what it decides.
// test/journeys/released-ledgers.test.ts plays those of the newest to their ends.

const released = globSync('test/replay/ledgers/*/*.json').toSorted()
const id = 'contoso-exchange' // of samples/one-workload.json
const whole = onboardingChain(id)

/** The app's store as it stood after so many documents. */
function storeOf(rows: readonly LyingBlob[]): RecordStore {
  const lying = rows.filter(({ account }) => account.endsWith('records'))
  const at = ({ container, name }: { container: string; name: string }) =>
    lying.find((each) => each.container === container && each.name === name)
  const reading = <T>(value: T) => Promise.resolve({ value, call: { requestId: '', at: '' } })
  const read = (place: { container: string; name: string }) => {
    const found = at(place)
    // Storage says its times in whole seconds.
    const createdAt = new Date(Math.floor(Date.parse(found?.at ?? '') / 1000) * 1000 || 0).toISOString()
    return reading(found && { bytes: new TextEncoder().encode(found.text), createdAt })
  }
  const list = (container: string, prefix: string) =>
    reading(
      lying.filter((each) => each.container === container && each.name.startsWith(prefix)).map(({ name }) => name)
    )
  // Nothing else may be asked: whoever only looks writes nothing.
  return { read, list } as unknown as RecordStore
}

const watched = (entries: readonly Entry[], now: string, of: string) => ({
  entries,
  seenSince: now,
  hub: { name: entriesOfKind(entries, 'generation').at(-1)?.said.hub ?? '', mark: 'another', markedAt: now },
  release: of,
  now
})

const later = (at: string, minutes: number): string => new Date(Date.parse(at) + minutes * 60_000).toISOString()

test('there is a ledger of a released version', () => {
  expect(released).not.toEqual([])
})

describe.each(released)('%s', (file) => {
  const left = JSON.parse(readFileSync(file, 'utf8')) as readonly LyingBlob[]
  const counts = left.flatMap(({ container }, index) => (container === 'ledger' ? [index + 1] : []))

  test('after each of its entries all chains are read, and no answer that was taken is forgotten', async () => {
    for (const count of counts) {
      const store = storeOf(left.slice(0, count))
      const own = await chainsIn(store).read(whole)
      if (own.length === 0) continue
      const { chapters, facts, carried } = await recalledIn(store, { own, whole: own })
      expect(Object.keys(chapters)).toEqual(entriesOfKind(own, 'chapter').map(({ said }) => said.step))
      const taken = entriesOfKind(own, 'verdict').filter(({ said }) => said.verdict === 'taken')
      const tasks = taken.map(
        ({ said }) => entriesOfKind(own, 'answer').find((each) => each.said.id === said.answer)?.said.task
      )
      const told = JSON.stringify([chapters, facts, carried])
      for (const task of tasks)
        expect([count, told]).toEqual([count, expect.stringContaining(JSON.stringify(taskNamed(task ?? '')))])
    }
  })

  test('after each of its entries it is taken over where its instance died or its hub was lost, and by no older release', async () => {
    for (const count of counts) {
      const store = storeOf(left.slice(0, count))
      for (const chain of [whole, ...(await chainsIn(store).names(branchChains(id)))]) {
        const entries = await chainsIn(store).read(chain)
        const newest = entries.at(-1)
        if (newest === undefined || entriesOfKind(entries, 'generation').length === 0) continue
        const now = later(newest.moment, 5)
        const isOver = entriesOfKind(entries, 'closed').length > 0
        const failed = { state: 'failed' } as const
        const goesOn = isOver ? { do: 'alive' } : { do: 'take-over', why: 'failed' }
        expect(decide({ ...watched(entries, now, release), seen: failed })).toEqual(goesOn)
        const lost = decide({ ...watched(entries, later(newest.moment, 5), release), seen: { state: 'absent' } })
        expect(lost).toMatchObject({ do: isOver ? 'alive' : 'wait' })
        const older = decide({ ...watched(entries, now, '0.0.9'), seen: failed })
        expect(older).toEqual(isOver ? { do: 'alive' } : { do: 'stopped', why: 'newer-release' })
      }
    }
  })
})
