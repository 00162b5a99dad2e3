import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { remoteClock } from '../../../local/host/remote-clock.ts'
import { df, until, withHost } from '../../conformance/harness.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let server: Server
let url: string
let offsetMs: number
let failures: number
const dues: (string | null)[] = []
/** What the owner of the clock does with a host that is idle until `due`. */
let onIdle: (due: number | undefined) => Promise<void>

beforeEach(async () => {
  offsetMs = 0
  failures = 0
  dues.length = 0
  onIdle = (due) => {
    if (due !== undefined) offsetMs = Math.max(offsetMs, due - Date.now())
    return Promise.resolve()
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (failures > 0) {
      failures -= 1
      response.destroy()
      return
    }
    if (request.method === 'POST') {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      const { due } = JSON.parse(body) as { due: string | null }
      dues.push(due)
      await onIdle(due === null ? undefined : Date.parse(due))
    }
    response.end(JSON.stringify({ offsetMs }))
  }
  server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  url = `http://127.0.0.1:${port}`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

function register(): void {
  df.app.orchestration('sleep', function* (context) {
    const before = context.df.currentUtcDateTime.getTime()
    yield context.df.createTimer(new Date(before + 3 * DAY_MS))
    return (context.df.currentUtcDateTime.getTime() - before) / DAY_MS
  })
  df.app.orchestration('waits', function* (context) {
    yield context.df.waitForExternalEvent('go')
    return context.df.currentUtcDateTime.getTime()
  })
}

test('an idle host says what it waits for and goes on when the clock has jumped there', async () => {
  await withHost(
    register,
    async (host) => {
      expect((await host.run('sleep')).output).toBeCloseTo(3, 2)
      expect(dues.some((due) => due !== null)).toBe(true)
    },
    { clock: await remoteClock(url) }
  )
})

test("a clock that jumps for somebody else is asked again until it is the host's turn", async () => {
  onIdle = (due) => {
    if (due !== undefined) offsetMs = Math.min(offsetMs + DAY_MS, due - Date.now())
    return Promise.resolve()
  }
  await withHost(
    register,
    async (host) => {
      expect((await host.run('sleep')).output).toBeCloseTo(3, 2)
    },
    { clock: await remoteClock(url) }
  )
})

test('a clock that fails is asked again', async () => {
  const clock = await remoteClock(url)
  failures = 2
  await withHost(
    register,
    async (host) => {
      expect((await host.run('sleep')).output).toBeCloseTo(3, 2)
    },
    { clock }
  )
})

test('a request that comes while the host reports idle finds it at the time the clock has jumped to', async () => {
  let release = (): void => undefined
  await withHost(
    register,
    async (host) => {
      const id = await host.client.startNew('waits')
      // The owner jumps, and lets a person act before it answers the host.
      onIdle = () => {
        offsetMs = 10 * DAY_MS
        return new Promise((resolve) => {
          release = resolve
        })
      }
      await until(() => offsetMs > 0)
      await host.client.raiseEvent(id, 'go', null)
      const { output } = await host.ended(id)
      release()
      expect(Number(output) - Date.now()).toBeGreaterThan(9 * DAY_MS)
    },
    { clock: await remoteClock(url) }
  )
})

test('a request that comes between two reports, or to a busy host, finds it at that time too', async () => {
  let finish: (() => void) | undefined
  await withHost(
    () => {
      register()
      df.app.activity('busy', {
        handler: () =>
          new Promise<void>((resolve) => {
            finish = resolve
          })
      })
      df.app.orchestration('works', function* (context) {
        yield context.df.callActivity('busy')
      })
    },
    async (host) => {
      const between = await host.client.startNew('waits')
      await until(() => dues.length > 4) // the pauses between reports grow
      offsetMs = 10 * DAY_MS
      await host.client.raiseEvent(between, 'go', null)
      expect(Number((await host.ended(between)).output) - Date.now()).toBeGreaterThan(9 * DAY_MS)

      const meanwhile = await host.client.startNew('waits')
      const works = await host.client.startNew('works')
      await until(() => finish !== undefined)
      offsetMs = 20 * DAY_MS
      await host.client.raiseEvent(meanwhile, 'go', null)
      expect(Number((await host.ended(meanwhile)).output) - Date.now()).toBeGreaterThan(19 * DAY_MS)
      finish?.()
      await host.ended(works)
    },
    { clock: await remoteClock(url) }
  )
})
