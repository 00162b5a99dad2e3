import { expect, test, vi } from 'vitest'
import type { Onboarding } from '../../../src/triggers/http/known.ts'
import { notePlanShown } from '../../../src/triggers/http/shown-plan.ts'

const person = { oid: '11111111-0000-4000-8000-000000000001', tid: '00000000-0000-4000-8000-0000000000aa' }
const onboarding = { input: { requestId: 'contoso-1', plan: { digest: 'v1.0' } } } as Onboarding // of all it has, what is read

test.for([
  ['a program', {}, 1],
  ['the page itself', { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }, 1],
  ['the app’s own page', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty' }, 1],
  ['a link in a mail', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }, 1],
  ['a picture in another site’s page', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' }, 0],
  ['a frame of another site’s page', { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'iframe' }, 0],
  ['a script of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'empty' }, 0]
] as const)('a plan that %s asked for was shown to somebody where they could see it', async ([, headers, times]) => {
  const readers = { show: vi.fn(async () => undefined), wasShown: async () => false }
  const request = { headers: new Headers(headers) }
  const visit = { actor: 'alice@contoso.com', roles: ['Approver' as const], person, request }
  await notePlanShown(visit, readers, { onboarding, on: 'page' })
  expect(readers.show).toHaveBeenCalledTimes(times)
})
