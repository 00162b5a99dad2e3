import type { Service } from '../core/service.ts'
import { deliver, deliverKind, type KeepDeadLetter } from './delivery.ts'

/** Event Grid as the app meets it beside ARM: it answers no requests, it only brings events to webhooks. */
export const eventGridService = (keep: KeepDeadLetter): Service => ({
  name: 'eventgrid',
  owns: () => false,
  routes: [],
  errorBody: (code, message) => ({ error: { code, message } }),
  refuseToken: () => ({ status: 401 }),
  agenda: { [deliverKind]: deliver(keep) }
})
