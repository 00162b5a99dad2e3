import { expect, test } from 'vitest'
import { checkAttributes, checkDates, checkTags } from '../../../../local/azure/keyvault/key-attributes.ts'

// https://learn.microsoft.com/azure/key-vault/keys/about-keys-details and …/general/about-keys-secrets-certificates
const refused = { status: 400, code: 'BadParameter' }

test.for(['tomorrow', '1790000000', -1, 1.5, true, {}])('an expiry of %j is none', (exp) => {
  expect(() => checkAttributes({ exp })).toThrow(expect.objectContaining(refused))
  expect(() => checkAttributes({ nbf: exp })).toThrow(expect.objectContaining(refused))
})

test('a key cannot expire before it is valid', () => {
  expect(() => checkDates({ notBefore: 20, expires: 10 })).toThrow(expect.objectContaining(refused))
  expect(() => checkDates({ notBefore: 10, expires: 20 })).not.toThrow()
  expect(() => checkAttributes({ exp: null, nbf: 10 })).not.toThrow()
})

test('a key has at most fifteen tags, all of them texts', () => {
  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, 'x']))
  expect(() => checkTags(tags(15))).not.toThrow()
  for (const wrong of [tags(16), { t: 1 }, { t: 'x'.repeat(513) }])
    expect(() => checkTags(wrong)).toThrow(expect.objectContaining(refused))
})
