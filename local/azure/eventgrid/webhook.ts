import type { World } from '../core/world.ts'

/** Where events go: the Event Grid webhook of a Functions host, on loopback. */
export interface Webhook {
  /** E.g. `http://127.0.0.1:7071`. */
  readonly hostBase: string
  readonly functionName: string
}

/** Subscribes a function; called after each start of the host, whose port may be another. */
export function eventGridTo(world: World, webhook: Webhook): void {
  const { hostname } = new URL(webhook.hostBase)
  if (!['127.0.0.1', 'localhost'].includes(hostname)) {
    throw new Error(`Event Grid was to deliver to ${webhook.hostBase}. In a rehearsal nothing leaves this machine: ` +
      'give an address on 127.0.0.1.')
  }
  webhooks(world).set('webhook', webhook)
}

export function webhookOf(world: World): Webhook | undefined {
  return webhooks(world).get('webhook')
}

function webhooks(world: World) {
  return world.collection<Webhook>('eventGridWebhook')
}
