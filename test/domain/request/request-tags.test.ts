import { describe, expect, test } from 'vitest'
import { parseRequest } from '../../../src/domain/request/request.ts'
import { parsed, threeWorkloads } from '../examples.ts'

function pathsOf(change: object): string[] {
  const result = parseRequest({ ...threeWorkloads(), ...change })
  return result.ok ? [] : result.faults.map(({ path }) => path)
}

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, 'x']))

describe('tags of a request', () => {
  test('are kept as they are written', () => {
    const tags = { 'Cost centre': '4711', owner: '' }
    expect(parsed({ ...threeWorkloads(), tags }).tags).toEqual(tags)
  })

  test.each<[string, Record<string, string>, string[]]>([
    ['are as many as Azure lets beside the app’s own', many(47), []],
    ['are not more', many(48), ['/tags']],
    ['have names of at most 512 characters', { ['n'.repeat(513)]: 'x' }, [`/tags/${'n'.repeat(513)}`]],
    ['have values of at most 256 characters', { owner: 'x'.repeat(257) }, ['/tags/owner']],
    ['have no question mark in a name', { 'who?': 'x' }, ['/tags/who?']],
    ['have a name', { ' ': 'x' }, ['/tags/ ']],
    [
      'are not those that the app sets itself, in whatever case',
      { 'Customer-Key-Onboarding': 'x' },
      ['/tags/Customer-Key-Onboarding']
    ],
    ['are not named twice, in whatever case', { owner: 'x', Owner: 'y' }, ['/tags/Owner']]
  ])('%s', (_title, tags, paths) => {
    expect(pathsOf({ tags })).toEqual(paths)
  })
})

test.each<[string, unknown, string[]]>([
  ['CHG0031234', 'CHG0031234', []],
  ['two lines', 'CHG1\nCHG2', ['/changeTicket']],
  ['nothing', '', ['/changeTicket']],
  ['too much', 'x'.repeat(101), ['/changeTicket']]
])('a change ticket is one line of at most 100 characters: %s', (_title, changeTicket, paths) => {
  expect(pathsOf({ changeTicket })).toEqual(paths)
})

test('an admin centre is SharePoint’s, and only a SharePoint policy has one', () => {
  const withUrl = (adminUrl: string, workload = 'sharepoint') =>
    pathsOf({ policies: [{ workload, scope: 'NA', adminUrl }] })
  expect(withUrl('https://contoso-admin.sharepoint.com')).toEqual([])
  expect(withUrl('https://contoso.sharepoint.com')).toEqual(['/policies/0/adminUrl'])
  expect(withUrl('https://contoso-admin.sharepoint.com.example.com')).toEqual(['/policies/0/adminUrl'])
  expect(withUrl('https://contoso-admin.sharepoint.com', 'exchange')).toEqual(['/policies/0/adminUrl'])
})

const account = '0d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b'

test.each<[string, unknown, string[]]>([
  ['one', [account], []],
  ['none', [], ['/organization/emergencyAccounts']],
  ['a name', ['alice@contoso.com'], ['/organization/emergencyAccounts/0']],
  ['too many', Array.from({ length: 11 }, () => account), ['/organization/emergencyAccounts']]
])('accounts for emergencies are one to ten object ids: %s', (_title, emergencyAccounts, paths) => {
  expect(pathsOf({ organization: { tenantId: account, domain: 'contoso.com', emergencyAccounts } })).toEqual(paths)
})
