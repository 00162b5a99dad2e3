import { expect, test } from 'vitest'
import { fitted } from '../../cli/fitted.ts'

test('a long line goes on below what it says, past blanks and mark', () => {
  expect(fitted('  ! purge protection is on for ever', 20)).toEqual(['  ! purge protection', '    is on for ever'])
  expect(fitted('✗ it is not what its manifest says', 20)).toEqual(['✗ it is not what its', '  manifest says'])
  expect(fitted('short', 20)).toEqual(['short'])
})

test.each([
  '    ckey complete contoso-1 offer-exchange --request-id FT-1',
  '    look: az keyvault show --name VAULT --query properties',
  '  | Please enable Customer Key for us, as said above'
])('%s stays in one piece, to be copied', (line) => {
  expect(fitted(line, 20)).toEqual([line])
})
