import { AsyncLocalStorage } from 'node:async_hooks'
import { metrics, SpanStatusCode, trace, type Span } from '@opentelemetry/api'
import type { Call } from '../domain/terms/evidence.ts'
import { AzureCallError } from './errors.ts'

/** What the app is at: each of its spans says so. */
export interface Step {
  /** Name of the activity, e.g. `make-key`. */
  readonly activity: string
  /** Empty where the work belongs to no onboarding. */
  readonly onboarding: string
}

/** Runs an activity within a span of its own, so that whatever it calls can say what for. */
export function inStep<T>(step: Step, work: () => Promise<T>): Promise<T> {
  return steps.run(step, () =>
    spanned(step.activity, (span) => {
      span.setAttributes({ 'ckey.onboarding': step.onboarding, 'ckey.activity': step.activity })
      return work()
    })
  )
}

/** The step that the present code runs for; undefined outside of any. */
export const currentStep = (): Step | undefined => steps.getStore()

/**
 * Runs one call to Azure within a span, and counts it by service and operation. Of what was sent and answered only ids
 * are told: no key material, token, backup or mail can get into a span from here.
 */
export async function inCall<T extends { readonly call: Call }>(
  service: string,
  asked: Omit<Call, 'requestId'>,
  work: () => Promise<T>
): Promise<T> {
  const { activity = '', onboarding = '' } = currentStep() ?? {}
  const { operation, identity } = asked
  return spanned(`${service} ${operation}`, async (span) => {
    span.setAttributes({
      'ckey.onboarding': onboarding,
      'ckey.activity': activity,
      'azure.service': service,
      'azure.operation': operation,
      'azure.identity': identity
    })
    try {
      const seen = await work()
      tell(span, { service, operation, outcome: 'answered', requestId: seen.call.requestId })
      return seen
    } catch (error) {
      const { kind: outcome, call } =
        error instanceof AzureCallError ? error : { kind: 'fault of ours', call: undefined }
      tell(span, { service, operation, outcome, requestId: call?.requestId ?? '' })
      throw error
    }
  })
}

/** The longest that a change in this vault has been waiting for its backup, in seconds (R45). */
export function tellBackupLag(vault: string, seconds: number): void {
  metrics.getMeter(name).createGauge('backup.lag', { unit: 's' }).record(seconds, { vault })
}

/** An event of Event Grid that came to nothing: events and what reports them may run on different machines. */
export function tellDroppedEvent(reason: 'malformed' | 'foreign'): void {
  metrics.getMeter(name).createCounter('events.dropped').add(1, { reason })
}

const steps = new AsyncLocalStorage<Step>()

function tell(
  span: Span,
  {
    requestId,
    ...counted
  }: {
    service: string
    operation: string
    outcome: string
    requestId: string
  }
): void {
  span.setAttributes({ 'azure.outcome': counted.outcome, 'azure.request_id': requestId })
  metrics.getMeter(name).createCounter('azure.calls').add(1, counted)
}

/** A failure shows as such, without its words: those of Azure may quote what was sent. */
function spanned<T>(title: string, work: (span: Span) => Promise<T>): Promise<T> {
  return trace.getTracer(name).startActiveSpan(title, async (span) => {
    try {
      return await work(span)
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof AzureCallError ? error.code : 'failed' })
      throw error
    } finally {
      span.end()
    }
  })
}

const name = 'customer-key-onboarding'
