import { expect, test } from 'vitest'
import { documentWithout, namesOf, textWithout } from '../../../src/domain/people/without-person.ts'

const oid = '0f16c6d0-8da4-555e-8628-1400adc5b9ad'
const alice = { oid, names: ['alice@contoso.com', 'Alice', 'Alice Adams'] }
const address = 'erased-0f16c6d0@erased.invalid'
const name = 'erased-0f16c6d0'

test('the names of an object id are those that stand beside it, wherever', () => {
  const document = {
    by: 'alice@contoso.com',
    person: { oid: oid.toUpperCase(), tid: 't' },
    people: [
      { objectId: oid, displayName: 'Alice', mail: 'a.adams@contoso.com' },
      { objectId: 'another', displayName: 'Bob' }
    ]
  }
  expect(namesOf(oid, document)).toEqual(['alice@contoso.com', 'Alice', 'a.adams@contoso.com'])
})

test('an address goes wherever it stands, a name where it stands alone, and nobody else’s', () => {
  const document = {
    operators: ['ALICE@contoso.com', 'bob@contoso.com', 'malice@contoso.com', 'alice@contoso.com.au'],
    detail: 'slot 1 by alice@contoso.com · slot 2 by bob@contoso.com',
    displayName: 'Alice',
    vaultName: 'Contoso-Alice-1',
    title: 'Alice was here',
    administrators: { 'alice@contoso.com': oid },
    count: 3
  }
  expect(documentWithout(alice, document)).toEqual({
    operators: [address, 'bob@contoso.com', 'malice@contoso.com', 'alice@contoso.com.au'],
    detail: `slot 1 by ${address} · slot 2 by bob@contoso.com`,
    displayName: name,
    vaultName: 'Contoso-Alice-1',
    title: 'Alice was here',
    administrators: { [address]: oid },
    count: 3
  })
})

test('their own words go, and those of others stay', () => {
  const said = [
    { by: 'alice@contoso.com', answer: { location: 'my attic', reason: 'because I am ill', planDigest: 'v1.a' } },
    { person: { oid, tid: 't' }, statement: 'I have it' },
    { by: 'bob@contoso.com', reason: 'alice@contoso.com is on leave' }
  ]
  const erased = 'erased at the request of whoever said it'
  expect(documentWithout(alice, said)).toEqual([
    { by: address, answer: { location: erased, reason: erased, planDigest: 'v1.a' } },
    { person: { oid, tid: 't' }, statement: erased },
    { by: 'bob@contoso.com', reason: `${address} is on leave` }
  ])
})

test('what was erased once is not changed by erasing it again', () => {
  const document = { by: 'alice@contoso.com', reason: 'mine', people: [{ objectId: oid, displayName: 'Alice' }] }
  const once = documentWithout(alice, document)
  expect(documentWithout(alice, once)).toEqual(once)
  const text = textWithout(alice, 'Alice Adams, alice@contoso.com. Alice.')
  expect([text, textWithout(alice, text)]).toEqual([`${name}, ${address}. ${name}.`, text])
})
