import { expect, test } from 'vitest'
import { wrapped } from '../../../src/domain/terms/wrapped.ts'

test('a line breaks between words; what has none stays whole', () => {
  expect(wrapped('  · ', 'one two three', 11)).toEqual(['  · one two', '    three'])
  expect(wrapped('  · ', 'https://contoso.example/very/long one', 11)).toEqual([
    '  · https://contoso.example/very/long',
    '    one'
  ])
})
