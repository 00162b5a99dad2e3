import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ledgerFaults, type LyingChain, type LyingLedger } from '../../../src/domain/ledger/ledger-faults.ts'
import type { Saying } from '../../../src/domain/ledger/entry.ts'
import { answer, chapter, momentOf, verdict } from './chain-of.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function lying(chain: string, said: readonly Saying[]): LyingChain {
  const entries: { n: number; moment: string; text: string }[] = []
  for (const each of said) {
    const before = entries.at(-1)
    const previous = before && { sha256: sha256(before.text), moment: before.moment }
    const n = entries.length + 1
    entries.push({ n, moment: momentOf(n), text: JSON.stringify({ format: 1, previous, said: each }) })
  }
  return { chain, entries }
}

const branch = lying('branch.a.exchange-na.1', [answer('i', 'import-a'), verdict('i', 'taken')])
const headOf = ({ entries }: LyingChain): string => sha256(entries.at(-1)?.text ?? '')
const result = JSON.stringify({ result: { name: 'a/hand-off.json', sha256: 'h' } })
const whole = lying('onboarding.a', [
  answer('a', 'approve-slot-1'),
  verdict('a', 'taken'),
  { ...chapter('vaults-and-keys'), heads: { [branch.chain]: headOf(branch) } } as Saying,
  chapter('hand-off'),
  {
    kind: 'closed',
    id: 'closed',
    outcome: 'completed',
    generation: 1,
    result: { name: 'r', sha256: sha256(result) }
  }
])
const end = whole.entries[2]
const last = whole.entries[3]
const heads = ['slot-1', 'slot-2'].flatMap((store) => [
  {
    store,
    chain: whole.chain,
    step: 'vaults-and-keys',
    n: 3,
    sha256: sha256(end?.text ?? ''),
    moment: end?.moment ?? ''
  },
  {
    store,
    chain: whole.chain,
    step: 'hand-off',
    n: 4,
    sha256: sha256(last?.text ?? ''),
    moment: last?.moment ?? '',
    handOff: 'h'
  }
])
const ledger: LyingLedger = { chains: [whole, branch], heads, result }
const faults = (change: Partial<LyingLedger>, handOff = { sha256: 'h' }) =>
  ledgerFaults({ ...ledger, ...change }, handOff, sha256)

const changed = ({ chain, entries }: LyingChain, at: number, change: object): LyingChain => ({
  chain,
  entries: entries.map((entry) => (entry.n === at ? { ...entry, ...change } : entry))
})

describe('a ledger', () => {
  test('that nobody touched holds, to its hand-off or, before that, without one', () => {
    expect(faults({})).toEqual([])
    const open = { ...ledger, chains: [{ ...whole, entries: whole.entries.slice(0, -1) }, branch], result: undefined }
    expect(ledgerFaults(open, undefined, sha256)).toEqual([])
  })

  test('misses a hand-off that it ends with, and knows none before its end', () => {
    expect(ledgerFaults(ledger, undefined, sha256)).toEqual(['the hand-off that the ledger ends with is missing'])
    expect(faults({ chains: [{ ...whole, entries: whole.entries.slice(0, -1) }, branch] })).toEqual([
      'the ledger ends before the hand-off'
    ])
  })

  test('shows each change of what was said, when, and in which order', () => {
    const { entries } = whole
    const without = { ...whole, entries: entries.filter(({ n }) => n !== 2) }
    for (const chain of [
      changed(whole, 1, { text: entries[0]?.text.replace('approve-slot-1', 'approve-slot-2') }),
      changed(whole, 2, { moment: momentOf(99) }),
      without
    ])
      expect(faults({ chains: [chain, branch] })).not.toEqual([])
    expect(faults({ chains: [changed(whole, 2, { text: 'no JSON' }), branch] })).toContain(
      'onboarding.a: entry 2 cannot be read'
    )
    expect(faults({ chains: [without, branch] })).toContain('onboarding.a: entry 2 is missing')
  })

  test('that was written anew from a point on shows against what the slots have kept', () => {
    const rewritten = lying('onboarding.a', [
      answer('a', 'approve-slot-1'),
      verdict('a', 'refused'),
      { ...chapter('vaults-and-keys'), heads: { [branch.chain]: headOf(branch) } } as Saying
    ])
    expect(faults({ chains: [rewritten, branch] })).toEqual([
      ...['slot-1', 'slot-2'].flatMap((store) => [
        `${store} has kept another end of vaults-and-keys than the ledger has`,
        `${store} has kept another end of hand-off than the ledger has`
      ]),
      'the ledger ends before the hand-off'
    ])
  })

  test('shows an end of a chapter that one slot has not kept', () => {
    expect(faults({ heads: heads.slice(1) })).toEqual(['slot-1 has not kept the end of vaults-and-keys'])
  })

  test('shows a branch that was changed or is gone', () => {
    const other = lying(branch.chain, [answer('i', 'import-a'), verdict('i', 'refused')])
    for (const chains of [[whole, other], [whole]])
      expect(faults({ chains })).toEqual([
        'branch.a.exchange-na.1: the entry that the end of vaults-and-keys names is not there'
      ])
  })

  test('shows another hand-off, or another result, than its end names, and its own absence', () => {
    expect(faults({}, { sha256: 'x' })).toEqual([
      'slot-1 has kept the digest of another hand-off',
      'slot-2 has kept the digest of another hand-off',
      'the hand-off is not the one that the end of the onboarding names'
    ])
    expect(faults({ result: result.replace('"h"', '"x"') })).toEqual([
      'the result of the onboarding is not the one that its end names'
    ])
    expect(faults({ chains: [branch] })).toEqual(['the chain of the onboarding is missing'])
  })
})
