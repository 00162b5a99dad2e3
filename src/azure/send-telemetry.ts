import { app, type PreInvocationContext } from '@azure/functions'
import { context, propagation } from '@opentelemetry/api'
import type { Config } from '../config/config.ts'

/** Turns the export of spans and counts on, where the settings name an Application Insights (decision 43). */
export function sendTelemetry(config: Config): void {
  const { insights } = config
  if (insights === undefined) return
  let stop: (() => Promise<void>) | undefined
  app.hook.appStart(async () => {
    const { exportTelemetry } = await import('./telemetry-export.ts')
    stop = exportTelemetry(config, insights)
  })
  app.hook.preInvocation(withinTheHostsTrace)
  app.hook.appTerminate(() => stop?.())
}

/** The host has begun a trace for the call; what the app does in it belongs there. */
function withinTheHostsTrace(call: PreInvocationContext): void {
  const { traceParent, traceState } = call.invocationContext.traceContext ?? {}
  const parent = propagation.extract(context.active(), { traceparent: traceParent, tracestate: traceState })
  call.functionHandler = context.bind(parent, call.functionHandler)
}
