import { AzureMonitorMetricExporter, AzureMonitorTraceExporter } from '@azure/monitor-opentelemetry-exporter'
import { context, metrics, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Config } from '../config/config.ts'
import { createCredentials } from './credentials.ts'

/**
 * From now on the spans and counts of `telemetry.ts` go to Application Insights, in the name of the app's identity. What
 * cannot be sent is dropped: nothing of it is ever written to disk. Call what comes back before the process ends.
 */
export function exportTelemetry(config: Config, connectionString: string): () => Promise<void> {
  process.env['APPLICATION_INSIGHTS_NO_STATSBEAT'] = 'true' // the exporter reports its own use to Microsoft otherwise
  const exporting = { connectionString, credential: createCredentials(config).app, disableOfflineStorage: true }
  const resource = resourceFromAttributes({ 'service.name': 'customer-key-onboarding' })
  const spans = new BasicTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new AzureMonitorTraceExporter(exporting))]
  })
  const counts = new MeterProvider({
    resource,
    readers: [new PeriodicExportingMetricReader({ exporter: new AzureMonitorMetricExporter(exporting) })]
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  trace.setGlobalTracerProvider(spans)
  metrics.setGlobalMeterProvider(counts)
  return async () => {
    await Promise.allSettled([spans.shutdown(), counts.shutdown()])
  }
}
