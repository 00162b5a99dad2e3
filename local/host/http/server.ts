import { createServer, type Server } from 'node:http'
import { type Log, messageOf } from '../log.ts'
import { type Answer, type Exchange, MAX_BODY_BYTES, readExchange, send } from './exchange.ts'

export interface HttpServer {
  readonly port: number
  /** Takes no more connections and ends the open ones. */
  stop(): Promise<void>
}

/** Listens on 127.0.0.1 only. `port` 0 lets the system choose. */
export async function listen(
  port: number,
  log: Log,
  handle: (exchange: Exchange) => Promise<Answer>
): Promise<HttpServer> {
  const server = createServer((request, response) => {
    const answer = async (): Promise<Answer> => {
      const exchange = await readExchange(request, MAX_BODY_BYTES)
      if (typeof exchange !== 'number') return handle(exchange)
      return { status: exchange, headers: { connection: 'close' } }
    }
    answer()
      .catch((error: unknown): Answer => {
        log({ level: 'error', source: 'host', message: `${request.method} ${request.url}: ${messageOf(error)}` })
        return { status: 500 }
      })
      .then((reply) => send(response, reply))
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFault(error, port)))
    server.listen(port, '127.0.0.1', resolve)
  })
  return { port: portOf(server), stop: () => close(server) }
}

function listenFault(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error
  return new Error(
    `Port ${port} is taken. Stop what listens there, or choose another with --port (0 lets the system choose).`,
    { cause: error }
  )
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
