import { Answerer, type Exchange } from '../../local/azure/core/answer.ts'
import { armService } from '../../local/azure/arm/service.ts'
import { issueToken } from '../../local/azure/core/bearer-token.ts'
import { SimulatedClock } from '../../local/azure/core/clock.ts'
import { FaultList } from '../../local/azure/core/faults.ts'
import { Journal } from '../../local/azure/core/journal.ts'
import { StoredWorld } from '../../local/azure/core/world.ts'
import type { Service } from '../../local/azure/core/service.ts'
import { emailService } from '../../local/azure/email/service.ts'
import { insightsService } from '../../local/azure/insights/service.ts'
import { keyvaultService } from '../../local/azure/keyvault/service.ts'
import { plantSeed } from '../../local/azure/plant-seed.ts'
import { seedFor } from '../../local/azure/seed.ts'
import { stableGuid } from '../../local/azure/stable-guid.ts'
import { request, tenantId } from '../local/azure/arm/request.ts'

const seed = seedFor(request)
export const mailHost = seed.mail.host
export const mailSender = seed.mail.sender

/** Owner of subscription 1, who also may send mail here: what is refused shall not hide what is answered. */
export const owner = { clientId: 'azure-portal', objectId: stableGuid(tenantId, 'user alice@contoso.com'), tenantId }
export const nobody = { clientId: 'nobody', objectId: '00000000-0000-4000-8000-00000000dead', tenantId }

export const services: readonly Service[] = [
  armService,
  keyvaultService,
  emailService({ ...seed.mail, maySend: [owner.objectId] }),
  insightsService([owner.objectId])
]

export interface Said {
  readonly method: string
  /** Absolute, with its api-version. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  /** In place of `json`. */
  readonly body?: string
  readonly as?: (typeof owner & { readonly userPrincipalName?: string }) | 'no token'
}

/** A simulated Azure, and what is started `beside` it, that is spoken to without a wire and keeps what it answered. */
export function startConversation(beside: readonly Service[] = []) {
  const world = new StoredWorld(':memory:')
  const clock = new SimulatedClock({ world, mode: 'skip', startAt: new Date('2026-11-23T17:00:00Z') })
  const around = { world, clock, journal: new Journal(world) }
  plantSeed(world, seed)
  const exchanges: Exchange[] = []
  const answered = [
    (exchange: Exchange): void => {
      exchanges.push(exchange)
    }
  ]
  const parts = { around, faults: new FaultList(), applied: [], answered }
  const answerers = [...services, ...beside].map((service) => ({
    service,
    answerer: new Answerer({ ...parts, service })
  }))
  return {
    world,
    clock,
    exchanges,
    say: async ({ method, url, headers, json, body, as = owner }: Said): Promise<unknown> => {
      const { host, pathname: path, search, origin, searchParams } = new URL(url)
      const found = answerers.find(({ service }) => service.owns(host, around) === true)
      if (!found) throw new Error(`no simulated service has the host ${host}`)
      const audience =
        found.service.audiences?.[0] ?? (host.endsWith('.vault.azure.net') ? 'https://vault.azure.net' : origin)
      const token =
        as === 'no token'
          ? {}
          : { authorization: `Bearer ${issueToken({ ...as, audience }, world.secret, 4_000_000_000)}` }
      const { response } = await found.answerer.answer({
        method,
        host,
        path,
        target: path + search,
        query: new Map(searchParams),
        headers: { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers, ...token },
        body: Buffer.from(body ?? (json === undefined ? '' : JSON.stringify(json))),
        requestId: 'of no matter'
      })
      return response.json
    }
  }
}

export type Conversation = ReturnType<typeof startConversation>

export const arm = (path: string, version: string): string =>
  `https://management.azure.com${path}?api-version=${version}`
