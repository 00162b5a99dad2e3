import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../src/domain/terms/digest.ts'

test('properties are sorted at every depth, lists keep their order, undefined is left out', () => {
  expect(canonicalJson({ b: [{ z: 1, a: undefined, y: null }, 2], a: 'x' })).toBe('{"a":"x","b":[{"y":null,"z":1},2]}')
})

test('the order in which properties were written makes no difference', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse())
      return canonicalJson(reversed) === canonicalJson(value)
    })
  )
})

test('the text reads back as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    })
  )
})
