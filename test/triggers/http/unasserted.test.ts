import { HttpRequest, InvocationContext, type PreInvocationContext } from '@azure/functions'
import { expect, test } from 'vitest'
import { dropUnasserted } from '../../../src/triggers/http/unasserted.ts'

test('where no platform asserts who asks, what a request claims of its sender is gone, and nothing else', () => {
  const claims = {
    'x-ms-client-principal': 'e30=',
    'X-MS-Client-Principal-Name': 'alice@contoso.com',
    'x-ms-client-principal-id': '1'
  }
  const request = new HttpRequest({
    method: 'GET',
    url: 'https://app.test/api',
    headers: { ...claims, accept: 'text/html' }
  })
  dropUnasserted({ inputs: [request, 'no request'] } as unknown as PreInvocationContext)
  expect([...request.headers.keys()]).toEqual(['accept'])
})

test('a function that is called otherwise is left alone', () => {
  const context = new InvocationContext({ invocationId: '1', functionName: 'f', logHandler: () => undefined })
  expect(() =>
    dropUnasserted({ inputs: [{ onboarding: 'a' }], invocationContext: context } as unknown as PreInvocationContext)
  ).not.toThrow()
})
