import { expect, test } from 'vitest'
import { FaultList, type FaultedRequest } from '../../../../local/azure/core/faults.ts'

const request: FaultedRequest = {
  method: 'GET',
  host: 'management.azure.com',
  path: '/',
  headers: { step: 'make-key' }
}
const taken = (faults: FaultList, count: number, operation = 'vaults.get'): (string | undefined)[] =>
  Array.from({ length: count }, () => faults.take('arm', operation, request)?.kind)

test('a fault is met as often as it says, or always', () => {
  const faults = new FaultList()
  faults.add({ service: 'arm', operation: 'vaults.get', kind: 'reset', times: 2 })
  faults.add({ service: 'arm', operation: 'vaults.update', kind: 'status', times: 'always' })
  expect(taken(faults, 3)).toEqual(['reset', 'reset', undefined])
  expect(taken(faults, 3, 'vaults.update')).toEqual(['status', 'status', 'status'])
})

test('the nth request can be the one that meets it', () => {
  const faults = new FaultList()
  faults.add({ service: 'arm', kind: 'truncate', times: 1, after: 2 })
  expect(taken(faults, 4)).toEqual([undefined, undefined, 'truncate', undefined])
})

test('a fault can be that of some requests only', () => {
  const faults = new FaultList()
  faults.add({
    service: 'arm',
    kind: 'reset',
    times: 'always',
    fits: ({ headers }) => headers['step'] === 'verify-vault'
  })
  expect(taken(faults, 1)).toEqual([undefined])
})

test('an operation has its latency beside any other fault', () => {
  const faults = new FaultList()
  faults.add({ service: 'arm', operation: 'vaults.get', kind: 'delay', delayMs: 5, times: 'always' })
  expect(faults.take('arm', 'vaults.get', request)).toMatchObject({ kind: 'delay', delayMs: 5 })
  faults.add({ service: 'arm', kind: 'status', status: 500, times: 1 })
  expect(faults.take('arm', 'vaults.get', request)).toMatchObject({ kind: 'status', status: 500, delayMs: 5 })
  expect(faults.take('arm', 'vaults.get', request)).toMatchObject({ kind: 'delay', delayMs: 5 })
})

test('an answer can be another than the one Azure gave, which it carried out', () => {
  const faults = new FaultList()
  faults.add({ service: 'arm', kind: 'answer', says: () => ({ status: 200, json: {} }), times: 1 })
  expect(faults.take('arm', 'vaults.get', request)?.says?.({ status: 404 })).toEqual({ status: 200, json: {} })
})
