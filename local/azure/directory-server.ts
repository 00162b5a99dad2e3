import { createServer } from 'node:http'
import type { World } from './core/world.ts'
import { closeServer, listenOnLoopback } from './core/loopback.ts'
import { users } from './graph/directory.ts'
import { userId } from './seed-people.ts'
import type { Seed } from './seed-shape.ts'

/** Whom a sign-in of this name asserts: the person of the directory, under whatever name they have now. */
export function signedInAs({ world, seed }: { readonly world: World; readonly seed: Seed }, user: string) {
  const { tenantId } = seed.tenant
  const name = user.toLowerCase()
  const all = users(world)
  // Guests sign in with their own address, whatever they are called here.
  const found = all.get(name) ?? all.values().find(({ mail }) => mail?.toLowerCase() === name)
  return { oid: found?.id ?? userId(tenantId, name), tid: tenantId }
}

/** How the host, a process of its own, lets people of the simulated directory sign in: `GET /?user=…` answers `{ oid, tid }`. */
export async function startDirectoryServer(
  azure: Parameters<typeof signedInAs>[0]
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(({ url = '/' }, reply) => {
    const user = new URL(url, 'http://127.0.0.1').searchParams.get('user') ?? ''
    reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(signedInAs(azure, user)))
  })
  const port = await listenOnLoopback(server)
  return { url: `http://127.0.0.1:${port}/`, stop: () => closeServer(server) }
}
