import { randomUUID } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import {
  AzureError,
  type Service,
  type SimulatedRequest,
  type SimulatedResponse,
  type Surroundings
} from '../core/service.ts'
import type { Collection, World } from '../core/world.ts'

export const ingestionHost = 'westus2-1.in.applicationinsights.azure.com'

/** What an app is told of its Application Insights. */
export const insightsConnection = `InstrumentationKey=6c0f7a52-3f0e-4d0a-8a35-2f1a9c6f5b11;IngestionEndpoint=https://${ingestionHost}/`

const item = z.looseObject({
  name: z.string(),
  time: z.iso.datetime(),
  iKey: z.guid(),
  tags: z.record(z.string(), z.string()),
  data: z.looseObject({ baseType: z.string(), baseData: z.looseObject({ ver: z.literal(2) }) })
})

/** One span, count or other piece of telemetry as it was taken. */
type TelemetryItem = z.output<typeof item>

/** In the order in which they came. */
export const telemetry = (world: World): Collection<TelemetryItem> => world.collection('telemetry')

/** The ingestion of an Application Insights without local authentication: `maySend` are object ids of its publishers. */
export function insightsService(maySend: readonly string[]): Service {
  return {
    name: 'insights',
    owns: (host) => host === ingestionHost,
    audiences: ['https://monitor.azure.com'],
    routes: [
      {
        method: 'POST',
        path: '/v2.1/track',
        operation: 'track',
        handle: (request, _, around) => track(request, maySend, around)
      }
    ],
    errorBody: refusedItems,
    refuseToken: () => ({ status: 401, json: refusedItems('Unauthorized', 'The token is not taken.') })
  }
}

const refusedItems = (code: string, message: string): object => ({
  itemsReceived: 0,
  itemsAccepted: 0,
  errors: [{ index: 0, statusCode: 400, message: `${code}: ${message}` }]
})

function track(request: SimulatedRequest, maySend: readonly string[], { world }: Surroundings): SimulatedResponse {
  if (!maySend.includes(request.caller?.objectId ?? '')) {
    throw new AzureError(403, 'Forbidden', 'The caller has no role Monitoring Metrics Publisher on this resource.')
  }
  const items = readItems(request)
  for (const each of items) telemetry(world).set(randomUUID(), each)
  return { status: 200, json: { itemsReceived: items.length, itemsAccepted: items.length, errors: [] } }
}

function readItems({ headers, body }: SimulatedRequest): TelemetryItem[] {
  const text = (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
  const items = z.array(item).safeParse(parsed(text))
  if (!items.success) throw new AzureError(400, 'BadRequest', z.prettifyError(items.error))
  return items.data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
