import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { currentStep } from '../../src/azure/telemetry.ts'

export const stepHeader = 'x-rehearsed-step'

/**
 * Makes every request to Azure say which activity sent it. Only for an app in this process: the app itself sends no
 * such header, and nothing of it changes.
 */
export function markSteps(): void {
  subscribe('http.client.request.created', (message) => {
    const step = currentStep()
    const { request } = message as { request: ClientRequest } // what Node documents for this channel
    if (step && !request.headersSent) request.setHeader(stepHeader, step.activity)
  })
}
