import { describe, expect, test } from 'vitest'
import { missingRight } from '../../src/azure/missing-right.ts'
import { AzureCallError } from '../../src/azure/errors.ts'
import { subscriptionIds, useSimulation } from './simulation.ts'

test('a refusal that names no right, or quotes something else in its place, tells none', () => {
  expect(missingRight('Insufficient privileges to complete the operation.')).toBeUndefined()
  expect(missingRight("does not have authorization to perform action 'a b<c>' over scope '/'")).toBeUndefined()
})

test('Key Vault names the permission of an access policy, or the data action of a role', () => {
  expect(
    missingRight(
      "The user 'appid=x' does not have keys create permission on key vault 'v-1;location=westus2'. For help"
    )
  ).toBe('keys create on v-1')
  expect(
    missingRight(
      "Caller is not authorized.\r\nAction: 'Microsoft.KeyVault/vaults/keys/read'\r\nResource: '/subscriptions/a'\r\n"
    )
  ).toBe('Microsoft.KeyVault/vaults/keys/read on /subscriptions/a')
})

describe('against the simulated Azure', () => {
  const simulation = useSimulation()

  test('a refused call says which right is missing and where, and slot 1 reaches nothing of slot 2', async () => {
    const refused = await simulation.azure
      .slot(1)
      .subscriptions.get(subscriptionIds[2])
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(AzureCallError)
    const right = `Microsoft.Resources/subscriptions/read on /subscriptions/${subscriptionIds[2]}`
    expect(refused).toMatchObject({ kind: 'forbidden', missingRight: right })
    expect(String(refused)).toContain(`Give this identity ${right}`)
  })
})
