import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline'
import { describe, expect, test } from 'vitest'
import { AzureCallError, isPassing } from '../../src/azure/errors.ts'
import { translate } from '../../src/azure/translate.ts'

const asked = { operation: 'GET vault', identity: 'slot-1' } as const

describe('translate', () => {
  test.for([
    [404, 'ResourceNotFound', 'not-found', false],
    [401, 'InvalidAuthenticationToken', 'forbidden', false],
    [403, 'AuthorizationFailed', 'forbidden', false],
    [409, 'VaultAlreadyExists', 'conflict', false],
    [412, 'ConditionNotMet', 'conflict', false],
    [429, 'TooManyRequests', 'throttled', true],
    [408, 'RequestTimeout', 'unavailable', true],
    [503, 'ServerTimeout', 'unavailable', true],
    [409, 'LeaseAlreadyPresent', 'unavailable', true],
    [200, 'PARSE_ERROR', 'unreadable', false],
    [400, 'VaultNameNotValid', 'invalid', false]
  ] as const)('reads %i %s as %s', ([status, code, kind, passing]) => {
    const error = translated(answered(status, code))
    expect(error).toMatchObject({ kind, status, code, service: 'Key Vault' })
    expect(isPassing(error)).toBe(passing)
  })

  test('keeps the request id, the pause Azure asks for and the cause', () => {
    const cause = answered(429, 'TooManyRequests', { 'x-ms-request-id': 'id-1', 'retry-after': '17' })
    const error = translated(cause)
    expect(error.call).toEqual({ ...asked, requestId: 'id-1', path: 'management.azure.com' })
    expect(error.retryAfterSeconds).toBe(17)
    expect(error.cause).toBe(cause)
  })

  test('takes the code from the header where the answer has no body', () => {
    expect(translated(answered(404, undefined, { 'x-ms-error-code': 'BlobNotFound' })).code).toBe('BlobNotFound')
  })

  test('says what happened, to what, and what to do, by the cause that Azure names', () => {
    expect(translated(answered(403, 'AuthorizationFailed')).message).toBe(
      'Key Vault refused (403 AuthorizationFailed): GET vault as slot-1. Give this identity the right that Azure names: deploy ' +
        'infra/slot.bicep again in the subscription of slot-1 (settingUp=true until that role is taken back for the hand-off, and false ' +
        'from then on). Allow a few minutes for it to ' +
        'take effect, then retry.'
    )
    expect(translated(answered(403, 'SomethingNew')).message).toBe(
      'Key Vault refused (403 SomethingNew): GET vault as slot-1. Read what it says: a right, a rule or a network may be in the ' +
        'way. Mend that, then try again.'
    )
  })

  test('keeps Azure’s own sentence on one line, without addresses, tokens or what is longer than a finding shows', () => {
    const sentence = `No,\r\n eva@contoso.com: not with eyJhbGciOi.eyJhdWQi and ${'k'.repeat(60)}. ${'word '.repeat(100)}`
    const { told, message } = translated(answered(403, 'AuthorizationFailed', {}, { message: sentence }))
    expect(message).not.toContain('word')
    expect(told).toMatch(/It says: “No, … not with … and …. (word )+(word|wor|wo|w)?…”/)
    expect(told.length).toBeLessThan(700)
  })

  test.for([
    // https://learn.microsoft.com/azure/governance/policy/troubleshoot/general
    [
      'policy-forbids',
      403,
      'RequestDisallowedByPolicy',
      {
        message: "Resource 'v' was disallowed by policy.",
        additionalInfo: [
          { type: 'PolicyViolation', info: { policyAssignmentDisplayName: 'No vaults', policyAssignmentId: '/a/b' } }
        ]
      },
      '"No vaults", /a/b'
    ],
    [
      'policy-forbids',
      403,
      'RequestDisallowedByPolicy',
      {
        message: `Resource 'v' was disallowed by policy. Policy identifiers: '[{"policyAssignment":{"name":"No vaults","id":"/a/b"}}]'.`
      },
      '/a/b'
    ],
    ['policy-forbids', 403, 'Forbidden', { message: 'The key was disallowed by policy.' }, undefined],
    [
      'locked',
      409,
      'ScopeLocked',
      {
        message:
          "The scope '/x' cannot perform write operation because following scope(s) are locked: '/x/y'. Please remove the lock."
      },
      '/x/y'
    ],
    // A name that a deleted vault holds, by a code that otherwise passes: data-safe-haven's issue 2523 on GitHub.
    [
      'vault-name-taken',
      409,
      'ConflictError',
      {
        message: 'A vault with the same name already exists in deleted state. You need to either recover or purge it.'
      },
      undefined
    ],
    ['on-the-way', 407, undefined, undefined, undefined],
    // In the words that https://github.com/Azure/azure-cli/issues and users of deployment stacks report.
    [
      'assignment-denies',
      403,
      'DenyAssignmentAuthorizationFailed',
      {
        message:
          "The client 'c' with object id 'o' has permission to perform action 'Microsoft.KeyVault/vaults/write' on scope '/x'; " +
          "however, the access is denied because of the deny assignment with name 'Stack s' and Id 'abc' at scope '/x/y'."
      },
      'Stack s at /x/y'
    ],
    [
      'provider-missing',
      409,
      'MissingSubscriptionRegistration',
      {
        message:
          "The subscription is not registered to use namespace 'Microsoft.KeyVault'. See https://aka.ms/rps-not-found."
      },
      'Microsoft.KeyVault'
    ],
    ['other-tenant', 401, 'Unauthorized', { message: 'AKV10032: Invalid issuer. Expected one of …' }, undefined],
    ['key-deleted', 409, 'Conflict', { innererror: { code: 'ObjectIsDeletedButRecoverable' } }, undefined],
    ['quota-used-up', 400, 'DeploymentFailed', { details: [{ code: 'QuotaExceeded' }] }, undefined]
  ] as const)('knows %s by %i %s and what stands within', ([cause, status, code, error, obstacle]) => {
    const { refused, message, kind } = translated(answered(status, code, {}, error))
    expect(kind).not.toBe('unavailable')
    expect(refused?.cause).toBe(cause)
    expect(refused?.obstacle).toBe(obstacle)
    if (obstacle) expect(message).toContain(obstacle)
  })

  test.for([
    ['AbortError', 'Timeout'],
    ['TimeoutError', 'Timeout'],
    ['CredentialUnavailableError', 'NoToken']
  ])('treats %s as passing', ([name, code]) => {
    const error = translated(Object.assign(new Error('x'), { name }))
    expect(error).toMatchObject({ kind: 'unavailable', code, status: undefined })
    expect(error.call.requestId).toBe('')
    expect(isPassing(error)).toBe(true)
  })

  test('treats a connection that broke as passing', () => {
    expect(translated(new RestError('socket hang up', { code: 'ECONNRESET' }))).toMatchObject({ code: 'NoAnswer' })
    expect(translated(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))).toMatchObject({ code: 'NoAnswer' })
  })

  test('leaves a fault of our own as it is, so that nobody retries it', () => {
    const fault = new TypeError('x is undefined')
    expect(translate(fault, 'Key Vault', asked)).toBe(fault)
    expect(isPassing(fault)).toBe(false)
  })
})

function translated(error: unknown): AzureCallError {
  const result = translate(error, 'Key Vault', asked)
  if (!(result instanceof AzureCallError)) throw new Error('not translated')
  return result
}

function answered(status: number, code?: string, headers: Record<string, string> = {}, error?: object): RestError {
  const request = createPipelineRequest({ url: 'https://management.azure.com' })
  const body = error && { bodyAsText: JSON.stringify({ error: { code, ...error } }) }
  const response = { request, status, headers: createHttpHeaders(headers), ...body }
  return new RestError('secret words', { ...(code && { code }), statusCode: status, request, response })
}
