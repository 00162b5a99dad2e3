import type { Api } from '../durable/api.ts'
import { WEBHOOK_PATH } from '../durable/client-binding.ts'
import type { Log } from '../log.ts'
import { createEventGridWebhook, EVENT_GRID_PATH } from '../triggers/event-grid.ts'
import type { ExtraInputs, Invoke } from '../worker/invoke.ts'
import type { RegisteredFunction } from '../worker/registry.ts'
import { callHttp } from './call-http.ts'
import type { Answer, Exchange } from './exchange.ts'
import { type Keys, mayCall, mayCallWebhook } from './keys.ts'
import { signIn, type SignInOptions } from './principal.ts'
import { SIGN_IN_PATH, signInPages } from './sign-in.ts'
import { compileRoutes, findRoute } from './routes.ts'

export interface FrontDoorOptions extends SignInOptions {
  readonly functions: readonly RegisteredFunction[]
  readonly routePrefix: string
  readonly invoke: Invoke
  readonly log: Log
  readonly extraInputs: ExtraInputs
  readonly durable: Api
  /** Access keys; none are asked for when absent. */
  readonly keys: Keys | undefined
  /** The path under which the app's own durable clients reach the extension's API. */
  readonly clientPath: string
  /** Where the root leads, and the bare route prefix; absent: to the page that Azure shows of an app. */
  readonly home?: string | undefined
}

const UNAUTHORIZED: Answer = { status: 401 }
const HOME_PAGE: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Functions</title><p>Your Functions app is up and running.</p>'
}

/** Leads a request to the extensions' webhooks or to the HTTP function whose route it matches. */
export function createFrontDoor(options: FrontDoorOptions): (exchange: Exchange) => Promise<Answer> {
  const { functions, routePrefix, invoke, log, extraInputs, durable, keys, clientPath, home } = options
  const unmatched = unmatchedIn(routePrefix, home)
  const routes = compileRoutes(functions, routePrefix)
  const eventGrid = createEventGridWebhook({ functions, invoke, log, extraInputs })
  return async (exchange) => {
    const path = `/${exchange.segments.join('/').toLowerCase()}`
    if (path.startsWith(`${clientPath}/`)) return durable(exchange)
    if (path.startsWith(`${WEBHOOK_PATH}/`)) return mayCallWebhook(keys, exchange) ? durable(exchange) : UNAUTHORIZED
    if (path === EVENT_GRID_PATH) return mayCallWebhook(keys, exchange) ? eventGrid(exchange) : UNAUTHORIZED
    if (path.startsWith(`${SIGN_IN_PATH}/`)) return signInPages(exchange)
    const match = exchange.segments.includes('') ? undefined : findRoute(routes, exchange.method, exchange.segments)
    if (!match) return unmatched(path)
    if (!mayCall(keys, match.target, exchange)) return UNAUTHORIZED
    const headers = await signIn(exchange.headers, options)
    return callHttp(invoke, log, { match, exchange, headers, extraInputs: extraInputs(match.target) })
  }
}

/** The root, and the bare prefix where this host is told of a page of the app; Azure knows nothing of that. */
function unmatchedIn(routePrefix: string, home: string | undefined): (path: string) => Answer {
  if (home === undefined) return (path) => (path === '/' ? HOME_PAGE : { status: 404 })
  const leads: Answer = { status: 302, headers: { location: home } }
  return (path) => (path === '/' || path === `/${routePrefix}` ? leads : { status: 404 })
}
