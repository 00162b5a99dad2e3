import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences } from '../../../src/domain/terms/difference.ts'

test('every value that differs is named by its pointer, with both values', () => {
  expect(
    differences(
      { id: 'a', policies: [{ scope: 'NA' }, { scope: 'EU' }], gone: 1 },
      { id: 'b', policies: [{ scope: 'NA' }], 'a/b': null }
    )
  ).toEqual([
    { path: '/id', before: 'a', after: 'b' },
    { path: '/policies/1', before: { scope: 'EU' }, after: undefined },
    { path: '/gone', before: 1, after: undefined },
    { path: '/a~1b', before: undefined, after: null }
  ])
})

test('a list in place of an object is one difference', () => {
  expect(differences({ a: [] }, { a: {} })).toEqual([{ path: '/a', before: [], after: {} }])
})

test('a document does not differ from its copy', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => differences(value, structuredClone(value)).length === 0))
})

test('documents whose JSON differs do differ', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other))
      fc.pre(!sameButForOrder(one, other))
      return differences(one, other).length > 0
    })
  )
})

function sameButForOrder(one: unknown, other: unknown): boolean {
  try {
    expect(one).toEqual(other)
    return true
  } catch {
    return false
  }
}
