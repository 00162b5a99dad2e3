import type { Service } from '../core/service.ts'
import { deliver, deliverKind } from './delivery.ts'

/** Event Grid as the app meets it: it answers no requests, it only brings events to a webhook. */
export const eventGridService: Service = {
  name: 'eventgrid',
  owns: () => false,
  routes: [],
  errorBody: (code, message) => ({ error: { code, message } }),
  agenda: { [deliverKind]: deliver }
}
