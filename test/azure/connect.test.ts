import { inspect } from 'node:util'
import type { PipelineRequest } from '@azure/core-rest-pipeline'
import { describe, expect, test } from 'vitest'
import { connectAzure } from '../../src/azure/connect.ts'
import { AzureCallError, isPassing } from '../../src/azure/errors.ts'
import { subscriptionIds, useSimulation } from './simulation.ts'

const simulation = useSimulation()

describe('connectAzure', () => {
  test('makes no call by itself', () => {
    const before = simulation.simulated.journal.entries().length
    connectAzure(simulation.config)
    expect(simulation.simulated.journal.entries()).toHaveLength(before)
  })

  test('acts in each part as the identity that part belongs to, and as no other', async () => {
    const { azure, config, simulated } = simulation
    await azure.slot(1).subscriptions.get(subscriptionIds[1])
    await azure.slot(2).subscriptions.get(subscriptionIds[2])
    await azure.app.graph.organization()
    const callers = (service: string) =>
      new Set(
        simulated.journal
          .entries()
          .filter((entry) => entry.service === service)
          .map((entry) => entry.callerClientId)
      )
    expect(callers('arm')).toEqual(new Set([config.identities['slot-1'], config.identities['slot-2']]))
    expect(callers('graph')).toEqual(new Set([config.identities.app]))
  })

  test('refuses each slot the subscription of the other', async () => {
    const [one, two] = [simulation.azure.slot(1), simulation.azure.slot(2)]
    await expect(one.features.state(subscriptionIds[2])).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(two.features.register(subscriptionIds[1])).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(one.providers.register(subscriptionIds[2], 'Microsoft.KeyVault')).rejects.toMatchObject({
      kind: 'forbidden'
    })
  })

  test('gives a call up when its time is over, and calls that passing', async () => {
    const hurried = connectAzure({ ...simulation.config, callTimeoutSeconds: 1 }).slot(1)
    simulation.simulated.faults.add({
      service: 'arm',
      operation: 'subscriptions.get',
      kind: 'delay',
      delayMs: 3000,
      times: 1
    })
    const started = performance.now()
    const failure = await hurried.subscriptions.get(subscriptionIds[1]).catch((error: unknown) => error)
    expect(failure).toMatchObject({ kind: 'unavailable', code: 'Timeout' })
    expect(performance.now() - started).toBeLessThan(2500)
  })

  test('says that an identity is not assigned to the app, which no retry cures', async () => {
    const stranger = { kind: 'managed-identity', clientId: '00000000-0000-4000-8000-00000000ffff' } as const
    const logins = { ...simulation.config.logins, 'slot-1': stranger }
    const failure = await connectAzure({ ...simulation.config, logins })
      .slot(1)
      .subscriptions.get(subscriptionIds[1])
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({
      kind: 'forbidden',
      code: 'NoToken',
      message: expect.stringContaining('Assign this managed identity') as string
    })
    expect(isPassing(failure)).toBe(false)
  })

  test('shows no token in a failure, however it is printed', async () => {
    const failure = await simulation.azure
      .slot(1)
      .features.state(subscriptionIds[2])
      .catch((error: unknown) => error)
    if (!(failure instanceof AzureCallError)) throw new Error('nothing failed')
    const { request } = failure.cause as { request: PipelineRequest } // the SDK keeps the request, token included
    const token = request.headers.get('authorization')?.replace('Bearer ', '')
    if (!token) throw new Error('there is no token to hide')
    const printed = [
      inspect(failure, { depth: 20 }),
      JSON.stringify(failure),
      String(failure),
      failure.stack,
      String(failure.cause)
    ]
    expect(printed.join('\n')).toContain('AuthorizationFailed')
    expect(printed.join('\n')).not.toContain(token)
  })
})
