import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { SimulatedClock } from './clock.ts'
import { closeServer, listenOnLoopback } from './loopback.ts'
import { reportFailure } from './report-failure.ts'

/**
 * How the host, a process of its own, shares the clock. `GET /` answers `{ offsetMs }`; `POST /idle` with
 * `{ due: ISO | null }` says that nothing is runnable before `due`, and answers `{ offsetMs }` after time has moved or
 * stayed.
 */
export async function startClockServer(clock: SimulatedClock): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, reply) => {
    answer(request, reply, clock).catch((error: unknown) => {
      reportFailure('to move its clock', error)
      reply.writeHead(500).end(error instanceof Error ? error.message : String(error))
    })
  })
  const port = await listenOnLoopback(server)
  return { url: `http://127.0.0.1:${port}`, stop: () => closeServer(server) }
}

async function answer(request: IncomingMessage, reply: ServerResponse, clock: SimulatedClock): Promise<void> {
  const asked = `${request.method} ${request.url}`
  if (asked === 'POST /idle') {
    const due = await readDue(request)
    if (due === 'invalid') {
      reply.writeHead(400).end('Send { "due": ISO 8601 instant or null }.')
      return
    }
    await clock.idle(due)
  } else if (asked !== 'GET /') {
    reply.writeHead(404).end()
    return
  }
  // A host must not live in a time that a kill takes back. Why it cannot be kept, whoever started the clock is told.
  if (
    !(await clock.saved().then(
      () => true,
      () => false
    ))
  ) {
    reply.writeHead(503).end()
    return
  }
  reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ offsetMs: clock.offsetMs }))
}

async function readDue(request: IncomingMessage): Promise<number | undefined | 'invalid'> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  const due = parseDue(text)
  if (due === null) return undefined
  const instant = typeof due === 'string' ? Date.parse(due) : Number.NaN
  return Number.isNaN(instant) ? 'invalid' : instant
}

function parseDue(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && 'due' in body ? body.due : undefined
  } catch {
    return undefined
  }
}
