import type { ReachableAzure } from '../azure/start.ts'

/** Operations that are made to wait, each as often as the SDK's own retries and once more. */
const slowedDown = [
  ['arm', 'subscriptions.get'],
  ['arm', 'features.register'],
  ['email', 'emails.send'],
  ['arm', 'vaults.createOrUpdate'],
  ['keyvault', 'keys.create'],
  ['keyvault', 'keys.backup']
] as const

/** Azure asks to slow down at every step that matters, for half a minute each. What is printed says where. */
export function throttle(azure: ReachableAzure, say: (line: string) => void): void {
  for (const [service, operation] of slowedDown) {
    azure.faults.add({
      service,
      operation,
      kind: 'status',
      status: 429,
      code: 'TooManyRequests',
      retryAfterSeconds: 30,
      times: 3
    })
  }
  azure.onAnswered(({ service, operation, faulted, response }) => {
    if (faulted) say(`${service} ${operation} answered ${String(response.status)}: try again in 30 s`)
  })
}
