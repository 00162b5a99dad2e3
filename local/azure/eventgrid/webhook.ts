import type { World } from '../core/world.ts'

/** The app as the public network would know it, and where it really listens: on loopback. */
export interface Webhook {
  /** E.g. `http://127.0.0.1:7071`. */
  readonly hostBase: string
  /** E.g. `func-contoso-ck.azurewebsites.net`. */
  readonly publicHost: string
}

/** Called after each start of the host, whose port may be another. */
export function eventGridTo(world: World, webhook: Webhook): void {
  const { hostname } = new URL(webhook.hostBase)
  if (!['127.0.0.1', 'localhost'].includes(hostname)) {
    throw new Error(
      `Event Grid was to deliver to ${webhook.hostBase}. In a rehearsal nothing leaves this machine: ` +
        'give an address on 127.0.0.1.'
    )
  }
  webhooks(world).set('webhook', webhook)
}

/** Where an address of the public network leads here; undefined where it leads nowhere. */
export function placeOnThisMachine(world: World, address: string): string | undefined {
  const { host, pathname, search } = new URL(address)
  const { hostBase, publicHost } = webhooks(world).get('webhook') ?? {}
  return host === publicHost && hostBase !== undefined ? `${hostBase}${pathname}${search}` : undefined
}

function webhooks(world: World) {
  return world.collection<Webhook>('eventGridWebhook')
}
