import type { RetryOptions } from './actions.ts'
import { Pending } from './pending.ts'

interface RetryParts {
  readonly options: RetryOptions
  /** The orchestration's own time, in milliseconds since 1970. */
  readonly now: () => number
  readonly attempt: () => Pending
  readonly timer: (fireAt: number) => Pending
}

const SIX_DAYS_MS = 6 * 24 * 60 * 60 * 1000

/**
 * One call with retries, in the order of DurableTask.Core's RetryInterceptor.cs: attempt, timer, attempt, timer. The
 * last failure too is followed by a timer, which fires at once; `durable-functions` counts on it (its RetryableTask).
 */
export function retry({ options, now, attempt, timer }: RetryParts): Pending {
  const outcome = new Pending()
  const began = now()

  const run = (number: number): void => {
    const task = attempt()
    task.whenSettled(() => {
      if (task.state === 'completed') {
        outcome.settle('completed')
        return
      }
      if (number >= options.maxNumberOfAttempts) {
        timer(now()).whenSettled(() => outcome.settle('failed'))
        return
      }
      const delay = now() - began < (options.retryTimeoutInMilliseconds ?? Infinity) ? delayAfter(number, options) : 0
      if (delay === 0) {
        outcome.settle('failed')
        return
      }
      timer(now() + delay).whenSettled(() => run(number + 1))
    })
  }

  run(1)
  return outcome
}

/** Milliseconds between the failure of attempt `number`, counted from 1, and the next attempt. */
export function delayAfter(number: number, options: RetryOptions): number {
  const delay = options.firstRetryIntervalInMilliseconds * (options.backoffCoefficient ?? 1) ** (number - 1)
  return Math.min(delay, options.maxRetryIntervalInMilliseconds ?? SIX_DAYS_MS)
}
