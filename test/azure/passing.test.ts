import { describe, expect, test } from 'vitest'
import { revocations } from '../../local/azure/core/revocations.ts'
import { AzureCallError, isPassing } from '../../src/azure/errors.ts'
import { answerNames as names, useEveryAnswer } from './use-every-answer.ts'

const { simulation, heard } = useEveryAnswer()

/** Longer than any activity waits, so that a durable timer must. */
const retryAfterSeconds = 17

// Who asks so: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling,
// https://learn.microsoft.com/graph/throttling, https://learn.microsoft.com/azure/key-vault/general/overview-throttling
describe.for(names)('%s', (name) => {
  test.for([
    [429, 'TooManyRequests', 'throttled'],
    [503, 'ServiceUnavailable', 'unavailable']
  ] as const)(
    'that says %i with a time to wait passes by itself, and the time is known',
    async ([status, code, kind]) => {
      const { service, operation = name, ask } = heard(name)
      const { faults, journal } = simulation.simulated
      faults.add({ service, operation, kind: 'status', status, code, retryAfterSeconds, times: 'always' })
      const before = journal.entries().length
      const failure = await ask().catch((error: unknown) => error)
      const asked = journal
        .entries()
        .slice(before)
        .filter((each) => each.operation === operation)
      if (name === 'blob.lease.release') return // a lock that cannot be given back ends by itself
      expect(failure).toBeInstanceOf(AzureCallError)
      expect(failure).toMatchObject({ kind, status, retryAfterSeconds })
      expect(isPassing(failure)).toBe(true)
      expect(asked.length).toBeGreaterThan(0)
      expect(asked.length).toBeLessThanOrEqual(3) // a few tries at most
    }
  )

  test('that comes to a token which was revoked since it was got is heard with a newer one, asked once more', async () => {
    const { service, operation = name, ask } = heard(name)
    if (!evaluating.includes(service)) return
    const { world, journal } = simulation.simulated
    revocations(world).set(service, { before: Date.now() })
    const before = journal.entries().length
    await ask()
    revocations(world).delete(service)
    const heardOf = journal.entries().slice(before)
    const refused = heardOf.filter(({ status }) => status === 401).map(({ method, path }) => `${method} ${path}`)
    // Each client has a token of its own; none is refused twice.
    expect(refused.length).toBeGreaterThan(0)
    expect(new Set(refused).size).toBe(refused.length)
    expect(heardOf.some((each) => each.operation === operation && each.status < 300)).toBe(true)
  })
})

/** They take no token from before a critical event: docs/decisions/0124-tokens-are-refused-by-each-service.md */
const evaluating: readonly string[] = ['arm', 'graph', 'keyvault']
