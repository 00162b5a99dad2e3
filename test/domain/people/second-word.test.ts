import { expect, test } from 'vitest'
import { readerRole, readerRolesGiven } from '../../../src/domain/people/second-word.ts'

const account = 'contosock1'
const store = `/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/${account}`
const since = '2026-11-24T09:00:00.000Z'
const given = {
  id: `${store}/providers/Microsoft.Authorization/roleAssignments/a1`,
  roleId: readerRole.id,
  scope: store,
  givenBy: 'an-owner',
  givenAt: '2026-11-24T10:00:00.000Z'
}

test('an Owner’s word is the reader role on the slot’s store, or on a container of it, given after it was proposed', () => {
  const onContainer = { ...given, scope: `${store}/blobServices/default/containers/backups` }
  expect(readerRolesGiven([given, onContainer], { account, since })).toEqual([given, onContainer])
  const inCapitals = { ...given, scope: store.toUpperCase() }
  expect(readerRolesGiven([inCapitals], { account, since })).toEqual([inCapitals])
})

test.for([
  ['another role there', { roleId: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635' }],
  ['the role on the whole subscription', { scope: '/subscriptions/s1' }],
  ['the role on the resource group', { scope: '/subscriptions/s1/resourceGroups/rg' }],
  ['the role on a store whose name begins so', { scope: `${store}2` }],
  ['the role on the other slot’s store', { scope: store.replace(account, 'contosock2') }],
  ['the role that they had before', { givenAt: since }],
  ['a role of which Azure does not say who gave it', { givenBy: undefined }],
  ['a role of which Azure does not say when', { givenAt: undefined }]
] as const)('%s is none', ([, change]) => {
  expect(readerRolesGiven([{ ...given, ...change }], { account, since })).toEqual([])
})
