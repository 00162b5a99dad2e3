import { expect, test } from 'vitest'
import { wrapped } from '../../../src/domain/terms/wrapped.ts'

test('a line breaks between words; what has none stays whole', () => {
  expect(wrapped('  · ', 'one two three', 11)).toEqual(['  · one two', '    three'])
  expect(wrapped('  · ', 'https://contoso.example/very/long one', 11)).toEqual([
    '  · https://contoso.example/very/long',
    '    one'
  ])
})

test('a line that just fits is one', () => {
  expect(wrapped('', 'ab cd', 5)).toEqual(['ab cd'])
  expect(wrapped('', 'ab cd', 4)).toEqual(['ab', 'cd'])
})

test('blanks that set something apart stay within a line, and begin none', () => {
  expect(wrapped('', 'ab  cd', 6)).toEqual(['ab  cd'])
  expect(wrapped('- ', 'ab  cd', 5)).toEqual(['- ab', '  cd'])
})
