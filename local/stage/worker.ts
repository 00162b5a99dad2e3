import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const app = pathToFileURL(join(import.meta.dirname, '..', '..', 'src', 'app.ts')).href

/** What a worker's process is in Azure: the app's state in memory, which goes with it. */
export interface Worker {
  /** Evaluates the app's page anew: its clients, caches and tallies are this worker's own. */
  load(): Promise<void>
  /** Whatever its functions still do reaches nobody any more. */
  die(): void
}

interface Life {
  dead: boolean
}

const running = new AsyncLocalStorage<Life>()
let starts = 0

export function newWorker(): Worker {
  cutOffTheDead()
  const life: Life = { dead: false }
  return {
    async load() {
      await import(`${app}?start=${String((starts += 1))}`)
      const { app: functions } = await import('@azure/functions')
      functions.hook.preInvocation((invocation) => {
        const handler = invocation.functionHandler
        invocation.functionHandler = (...args) => running.run(life, () => handler(...args) as unknown)
      })
    },
    die() {
      life.dead = true
    }
  }
}

let isListening = false

/** The code of a dead worker cannot be stopped, but it gets no further than its next request. */
function cutOffTheDead(): void {
  if (isListening) return
  isListening = true
  subscribe('http.client.request.created', (message) => {
    const { request } = message as { request: ClientRequest } // what Node documents for this channel
    if (running.getStore()?.dead === true) request.destroy(new Error('The worker that asks this is dead.'))
  })
}
