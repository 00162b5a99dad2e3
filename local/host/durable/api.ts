import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, type Exchange, json } from '../http/exchange.ts'
import { isOver, type Instance } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { managementUrls, WEBHOOK_PATH } from './client-binding.ts'
import { AlreadyRunning, BadStart, type Control, type Outcome } from './control.ts'
import { listInstances, purgeFilter } from './query.ts'
import { parseEvent } from './history-json.ts'
import { statusOf, unshowable } from './status.ts'

export interface ApiOptions {
  readonly store: Store
  readonly control: Control
  readonly taskHub: string
  /** The key that goes into links. */
  readonly key: string | undefined
}

export type Api = (exchange: Exchange) => Promise<Answer>

const empty = (status: number): Answer => ({ status })
const text = (status: number, body: string): Answer => ({ status, headers: { 'content-type': 'text/plain' }, body })
const prefix = WEBHOOK_PATH.split('/').length - 1

/** The extension's HTTP API (its HttpApiHandler.cs). The exchange's path begins with WEBHOOK_PATH. */
export function createApi(options: ApiOptions): Api {
  return async (exchange) => {
    const [controller, first, operation, argument] = exchange.segments.slice(prefix)
    try {
      if (controller === 'orchestrators' && first !== undefined && exchange.method === 'POST')
        return await start(options, exchange, first, operation)
      if (controller !== 'instances') return empty(404)
      if (first === undefined) return await many(options, exchange)
      if (/[^\u0020-\u007e]/.test(first)) return empty(500) // seen: its links cannot hold such an id
      if (operation === undefined) return await one(options, exchange, first)
      return exchange.method === 'POST'
        ? await operate(options, exchange, { id: first, operation: operation.toLowerCase(), argument })
        : empty(404)
    } catch (error) {
      if (error instanceof BadStart) return json(400, { message: error.message })
      if (error instanceof AlreadyRunning) return json(409, { message: error.message })
      throw error
    }
  }
}

async function start(options: ApiOptions, exchange: Exchange, name: string, id: string | undefined): Promise<Answer> {
  const input = exchange.body.length === 0 ? null : jsonText(exchange)
  if (input === undefined)
    return json(500, { message: 'The body is not JSON. Send the input of the orchestration as JSON, or nothing.' })
  const version = exchange.url.searchParams.get('version') ?? undefined
  const started = await options.control.start({ name, input, version, ...(id !== undefined && { id }) })
  return waitOrLinks(options, exchange, started)
}

async function many({ store, control }: ApiOptions, { method, url, headers }: Exchange): Promise<Answer> {
  if (method === 'GET') {
    const { instances, continuation } = listInstances(store, url.searchParams, headers['x-ms-continuation-token'])
    const showInput = flag(url, 'showInput', true)
    const items = instances.map((instance) => statusOf(instance, { showInput, showHistoryOutput: false }))
    return json(200, items, continuation === undefined ? {} : { 'x-ms-continuation-token': continuation })
  }
  if (method !== 'DELETE') return empty(404)
  const filter = purgeFilter(url.searchParams)
  if (!filter) return json(400, 'Give createdTimeFrom: the instant from which instances are purged.')
  const instancesDeleted = await control.purge(filter, undefined)
  return instancesDeleted === 0 ? empty(404) : json(200, { instancesDeleted })
}

async function one({ store, control }: ApiOptions, { method, url }: Exchange, id: string): Promise<Answer> {
  const instance = store.instance(id)
  if (!instance || (method !== 'GET' && method !== 'DELETE')) return empty(404)
  if (method === 'DELETE') return purgeOne(control, instance)
  const isShown = flag(url, 'showHistory', false) && instance.status !== 'Pending'
  const history = isShown ? store.history(id).map(parseEvent) : undefined
  const fault = history && unshowable(history)
  if (fault !== undefined)
    return json(400, { message: 'One or more of the arguments submitted is incorrect', exceptionMessage: fault })
  const status = statusOf(instance, {
    showInput: flag(url, 'showInput', true),
    showHistoryOutput: flag(url, 'showHistoryOutput', false),
    ...(history && { history })
  })
  if (!isOver(instance.status)) return json(202, status, { location: url.href, 'retry-after': '5' })
  return json(isError(instance, url) ? 500 : 200, status)
}

const isError = ({ status }: Instance, url: URL): boolean =>
  status === 'Failed' && flag(url, 'returnInternalServerErrorOnFailure', false)

async function purgeOne(control: Control, { id, status }: Instance): Promise<Answer> {
  if (!isOver(status)) return text(412, `Instance "${id}" is ${status}. Only one that is over is purged.`)
  return json(200, { instancesDeleted: await control.purge(() => true, [id]) })
}

interface Operation {
  readonly id: string
  readonly operation: string
  readonly argument: string | undefined
}

async function operate(
  options: ApiOptions,
  exchange: Exchange,
  { id, operation, argument }: Operation
): Promise<Answer> {
  const { control } = options
  const reason = exchange.url.searchParams.get('reason')
  switch (operation) {
    case 'raiseevent':
      return raise(options, exchange, id, argument)
    case 'terminate':
      return answerTo(await control.terminate(id, reason))
    case 'suspend':
      return answerTo(await control.suspend(id, reason))
    case 'resume':
      return answerTo(await control.resume(id, reason))
    case 'rewind':
      return answerTo(await control.rewind(id, reason))
    case 'restart':
      return restart(options, exchange, id)
    default:
      return empty(404)
  }
}

async function raise(
  { control, store }: ApiOptions,
  exchange: Exchange,
  id: string,
  name: string | undefined
): Promise<Answer> {
  if (name === undefined || !store.instance(id)) return empty(404)
  const contentType = exchange.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (contentType !== 'application/json') return json(400, { message: "Send the event's data as application/json." })
  const data = exchange.body.length === 0 ? undefined : jsonText(exchange)
  return data === undefined
    ? json(400, { message: "The event's data is not JSON." })
    : answerTo(await control.raise(id, name, data))
}

async function restart(options: ApiOptions, exchange: Exchange, id: string): Promise<Answer> {
  const started = await options.control.restart(id, flag(exchange.url, 'restartWithNewInstanceId', true))
  return started === undefined
    ? json(400, { message: `There is no instance "${id}" to restart.` })
    : waitOrLinks(options, exchange, started)
}

/** With `timeout` and `pollingInterval` (seconds) waits for the end and answers with the output. */
async function waitOrLinks({ store, taskHub, key }: ApiOptions, { url }: Exchange, id: string): Promise<Answer> {
  const [timeout, interval] = ['timeout', 'pollingInterval'].map(
    (name) => Number(url.searchParams.get(name) ?? Number.NaN) * 1000
  )
  const links = managementUrls({ origin: url.origin, taskHub, key }, id)
  const pending = json(202, links, { location: links['statusQueryGetUri'] ?? '', 'retry-after': '10' })
  if (timeout === undefined || interval === undefined || Number.isNaN(timeout) || Number.isNaN(interval)) return pending
  for (const end = Date.now() + timeout; ; ) {
    const instance = store.instance(id)
    if (instance && isOver(instance.status)) return ended(instance)
    if (Date.now() >= end) return pending
    await sleep(Math.min(interval, Math.max(0, end - Date.now())))
  }
}

function ended(instance: Instance): Answer {
  const status = statusOf(instance, { showInput: true, showHistoryOutput: false })
  return json(200, instance.status === 'Completed' ? status['output'] : status)
}

function answerTo(outcome: Outcome): Answer {
  switch (outcome) {
    case 'done':
      return empty(202)
    case 'not-found':
      return empty(404)
    case 'over':
      return empty(410)
    case 'not-failed':
      return text(412, 'Only a failed instance can be rewound.')
    case 'suspended':
      return empty(500) // as it is; resume it, or leave it
  }
}

/** The body as it is when it is JSON, so that no number or order of keys changes on the way. */
function jsonText({ body }: Exchange): string | undefined {
  const text = body.toString('utf8')
  try {
    JSON.parse(text)
    return text
  } catch {
    return undefined
  }
}

function flag(url: URL, name: string, otherwise: boolean): boolean {
  const value = url.searchParams.get(name)?.toLowerCase()
  return value === 'true' ? true : value === 'false' ? false : otherwise
}
