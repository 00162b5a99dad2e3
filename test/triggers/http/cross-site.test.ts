import { HttpRequest } from '@azure/functions'
import { expect, test } from 'vitest'
import { isCrossSite } from '../../../src/triggers/http/cross-site.ts'

const url = 'https://ck-contoso.azurewebsites.net/api/onboardings'
const from = (headers: Record<string, string>, method = 'POST') =>
  isCrossSite(new HttpRequest({ method, url, headers }))

test.each([
  ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
  ['a page of a neighbour', { 'sec-fetch-site': 'same-site', origin: 'https://ck-contoso.azurewebsites.net' }],
  ['an old browser’s page of another site', { origin: 'https://evil.example' }],
  ['an old browser’s page of another port', { origin: 'https://ck-contoso.azurewebsites.net:8443' }],
  ['an old browser’s sandboxed page', { origin: 'null' }]
])('%s is another site', (_who, headers) => {
  expect(from(headers)).toBe(true)
  expect(from(headers, 'GET')).toBe(false)
})

test.each([
  ['the app’s own page', { 'sec-fetch-site': 'same-origin', origin: 'https://ck-contoso.azurewebsites.net' }],
  ['a person who typed the address', { 'sec-fetch-site': 'none' }],
  ['an old browser’s page of the app', { origin: 'https://ck-contoso.azurewebsites.net' }],
  ['a program', {}]
])('%s is not', (_who, headers) => {
  expect(from(headers)).toBe(false)
})
