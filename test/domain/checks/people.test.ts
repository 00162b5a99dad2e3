import { describe, expect, test } from 'vitest'
import { groupChecks, slotsChecks, userChecks } from '../../../src/domain/checks/people.ts'
import type { Standing } from '../../../src/domain/people/parties.ts'
import { findingsOf } from '../holding.ts'
import { matching } from '../matching.ts'

const groupId = '0d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b'
const standing = (name: string, objectId = `object of ${name}`): Standing => ({ name, objectId, upn: name })
const alice = standing('alice@contoso.com')
const bob = standing('bob@contoso.com')

test('an administrator is a user of the tenant', () => {
  expect(findingsOf(userChecks, { objectId: 'object' }, { upn: 'a@contoso.com' })).toEqual({})
  expect(findingsOf(userChecks, { objectId: undefined }, { upn: 'a@contoso.com' })).toMatchObject({
    administrator: { requirement: 'R33' }
  })
})

describe('a group', () => {
  const found = (displayName: string | undefined, people: number) =>
    findingsOf(groupChecks, { displayName, people }, { groupId })

  test.for([1, 2, 50])('may hold %i people', (people) => {
    expect(found('Key keepers', people)).toEqual({})
  })

  test.for([
    ['nobody', 'Key keepers', 0, 'Key keepers: 0 people'],
    ['more people than a mail has recipients', 'Key keepers', 51, 'Key keepers: more than 50 people'],
    ['nothing, because it is not there', undefined, 0, `group ${groupId} is absent`]
  ] as const)('that holds %s is a finding nobody may override', ([, displayName, people, observed]) => {
    expect(found(displayName, people)).toMatchObject({
      'group-people': { requirement: 'R11', overridable: false, observed, remedy: matching(new RegExp(groupId)) }
    })
  })
})

describe('the two slots', () => {
  const found = (first: readonly Standing[], second: readonly Standing[]) =>
    findingsOf(slotsChecks, { first, second }, undefined)

  test('are apart where no object is in both', () => {
    expect(found([alice], [bob, standing('carol@contoso.com')])).toEqual({})
  })

  test('are not where one object is in both, whatever it is called there and however its id is spelt', () => {
    const again = standing('alice@contoso.com of group g', alice.objectId.toUpperCase())
    expect(found([alice], [bob, again])).toMatchObject({
      'slots-disjoint': {
        requirement: 'R11',
        overridable: false,
        observed: 'in both: alice@contoso.com of group g',
        remedy: matching(/^Take alice@/)
      }
    })
  })
})

test('whoever is in both slots is taken out of a group by a command as it is run', () => {
  const both = { ...alice, name: `${alice.name} of group ${groupId}` }
  const { 'slots-disjoint': finding } = findingsOf(slotsChecks, { first: [alice], second: [both] }, undefined)
  expect(finding?.remedy).toContain(`az ad group member remove --group ${groupId} --member-id ${alice.objectId})`)
})
