import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A webhook on this machine that answers Event Grid's handshakes, and keeps what is posted to it. */
export async function listenAsWebhook() {
  const seen: { readonly method: string; readonly url: string }[] = []
  let proves = true
  const server = createServer((request: IncomingMessage, reply) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '' })
    reply.writeHead(200, proves ? { 'webhook-allowed-origin': 'eventgrid.azure.net' } : {}).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // it listens on TCP
  return {
    hostBase: `http://127.0.0.1:${String(port)}`,
    seen,
    /** Whether it goes on answering the handshake as it should. */
    prove: (does: boolean) => {
      proves = does
    },
    close: () => {
      server.close()
    }
  }
}
