import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { revocations } from '../../local/azure/core/revocations.ts'
import { issueToken } from '../../local/azure/core/bearer-token.ts'
import type { Exchange } from '../../local/azure/core/answer.ts'
import { createBlobStore } from '../../src/azure/blobs.ts'
import type { Connection } from '../../src/azure/call.ts'
import { isPassing } from '../../src/azure/errors.ts'
import { createGraph } from '../../src/azure/graph.ts'
import { createKeys } from '../../src/azure/keys.ts'
import { createMail } from '../../src/azure/mail.ts'
import { createSubscriptions } from '../../src/azure/subscriptions.ts'
import { vaultPlan } from './plans.ts'
import { subscriptionIds, tenantId, useSimulation } from './simulation.ts'

const simulation = useSimulation()
const plan = vaultPlan(1, 'Contoso-CK-EX-NA-VaultA1')
const exchanges: Exchange[] = []

beforeAll(async () => {
  const own = simulation.azure.slot(1)
  await own.providers.register(subscriptionIds[1], 'Microsoft.KeyVault')
  await own.resourceGroups.ensure(plan, 'contoso-1')
  await own.vaults.create(plan, { tenantId, onboardingId: 'contoso-1', policyId: 'exchange/NA' })
  await simulation.simulated.clock.advance(60_000)
  const self = await simulation.azure.app.graph.servicePrincipal(simulation.config.identities['slot-1'])
  await own.vaults.grant(plan, { tenantId, objectId: self.value?.objectId ?? '', keys: ['get', 'list'] })
  simulation.simulated.onAnswered((exchange) => void exchanges.push(exchange))
}, 60_000)
afterEach(() => {
  for (const { service } of challenged) revocations(simulation.simulated.world).delete(service)
})

/** Those that evaluate access continuously, each asked by a client that has a token already. */
const challenged = [
  { service: 'arm', ask: () => simulation.azure.slot(1).subscriptions.get(subscriptionIds[1]) },
  { service: 'graph', ask: () => simulation.azure.app.graph.organization() },
  { service: 'keyvault', ask: () => simulation.azure.slot(1).keys.names(plan.vaultName) }
] as const

describe.for(challenged)('a token that $service has revoked', ({ service, ask }) => {
  test('is followed by a newer one, once, and nobody notices', async () => {
    await ask()
    revocations(simulation.simulated.world).set(service, { before: Date.now() })
    exchanges.length = 0
    await ask()
    const statuses = exchanges.filter((each) => each.service === service).map(({ response }) => response.status)
    expect(statuses).toEqual([401, 200])
    exchanges.length = 0
    await ask()
    expect(exchanges.map(({ response }) => response.status)).toEqual([200])
  })

  test('is a finding where the newer one is revoked as well, not a loop', async () => {
    revocations(simulation.simulated.world).set(service, { before: Number.MAX_SAFE_INTEGER })
    exchanges.length = 0
    const failure = await ask().catch((error: unknown) => error)
    expect(failure).toMatchObject({ kind: 'forbidden', status: 401, refused: { cause: 'token-refused' } })
    expect(isPassing(failure)).toBe(false)
    expect(exchanges).toHaveLength(2)
    expect(exchanges.every(({ response }) => response.headers?.['www-authenticate']?.includes('claims='))).toBe(true)
  })
})

const nobody = { clientId: 'nobody', objectId: '00000000-0000-4000-8000-00000000dead', tenantId }
const tokenOf = (audience: string, expires: number) =>
  issueToken({ ...nobody, audience }, simulation.simulated.world.secret, expires)

/** What may be wrong with a token. */
const wrong = {
  forged: () => 'x.y.z',
  expired: (audience: string) => tokenOf(audience, Math.floor(Date.now() / 1000) - 60),
  foreign: () => tokenOf('https://elsewhere.example', 4_000_000_000)
}
type Wrong = keyof typeof wrong

/** What each service says of it; sources stand beside each one's `refuseToken`. */
const services: readonly {
  readonly service: string
  readonly audience: string
  readonly ask: (connection: Connection) => Promise<unknown>
  readonly codes: Readonly<Record<Wrong, string>>
  /** What the header names, by which clients find out where to sign in; undefined: it has none. */
  readonly header: RegExp | undefined
}[] = [
  {
    service: 'arm',
    audience: 'https://management.azure.com',
    ask: (connection) => createSubscriptions(connection).get(subscriptionIds[1]),
    codes: {
      forged: 'InvalidAuthenticationToken',
      expired: 'ExpiredAuthenticationToken',
      foreign: 'InvalidAuthenticationTokenAudience'
    },
    header: /^Bearer authorization_uri="[^"]+", error="invalid_token", error_description=/
  },
  {
    service: 'graph',
    audience: 'https://graph.microsoft.com',
    ask: (connection) => createGraph(connection).organization(),
    codes: all('InvalidAuthenticationToken'),
    header: /^Bearer realm="", authorization_uri="[^"]+", client_id="[^"]+"$/
  },
  {
    service: 'keyvault',
    audience: 'https://vault.azure.net',
    ask: (connection) => createKeys(connection).names(plan.vaultName),
    codes: all('Unauthorized'),
    header: /^Bearer authorization="https:\/\/login.windows.net\/[^"]+", resource="https:\/\/vault.azure.net"$/
  },
  {
    service: 'storage',
    audience: 'https://storage.azure.com',
    ask: (connection) => createBlobStore(connection).list('records', ''),
    codes: all('InvalidAuthenticationInfo'),
    header: /^Bearer authorization_uri=\S+ resource_id=/
  },
  {
    service: 'email',
    audience: 'https://communication.azure.com',
    ask: (connection) => createMail(connection).sendState('33333333-0000-4000-8000-000000000001'),
    codes: all('Denied'),
    header: undefined
  }
]

function all(code: string): Readonly<Record<Wrong, string>> {
  return { forged: code, expired: code, foreign: code }
}

describe.for(services)('$service', ({ service, audience, ask, codes, header }) => {
  test.for(['forged', 'expired', 'foreign'] as const)(
    'refuses a token that is %s in words of its own',
    async (which) => {
      const token = wrong[which](audience)
      const credential = { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) }
      exchanges.length = 0
      const failure = await ask({ identity: 'app', credential, config: simulation.config }).catch((e: unknown) => e)
      expect(failure).toMatchObject({ kind: 'forbidden', status: 401, refused: { cause: 'token-refused' } })
      expect(failure).toMatchObject({ code: codes[which] })
      const { response } = exchanges.findLast((each) => each.service === service) ?? {}
      const said = response?.headers?.['www-authenticate']
      if (header) expect(said).toMatch(header)
      else expect(said).toBeUndefined()
      if (service === 'graph')
        expect(response?.json).toMatchObject({ error: { innerError: { 'request-id': expect.any(String) as string } } })
    }
  )
})
