import { createServer } from 'node:http'
import type { World } from './core/world.ts'
import { closeServer, listenOnLoopback } from './core/loopback.ts'
import { codesAreEnteredAt, enterCode } from './entra/device-codes.ts'
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

/**
 * How the host, a process of its own, lets people of the simulated directory sign in: `GET /?user=…` answers `{ oid, tid }`. And
 * where a person enters the code that az shows, saying who they are: `/device?code=…&user=…`.
 */
export async function startDirectoryServer(
  azure: Parameters<typeof signedInAs>[0]
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(({ url = '/' }, reply) => {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1')
    const user = searchParams.get('user') ?? ''
    if (pathname === '/device') {
      const { status, text } = entered(azure, searchParams.get('code') ?? '', user)
      reply.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text)
      return
    }
    reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(signedInAs(azure, user)))
  })
  const port = await listenOnLoopback(server)
  codesAreEnteredAt(azure.world, `http://127.0.0.1:${port}/device`)
  return { url: `http://127.0.0.1:${port}/`, stop: () => closeServer(server) }
}

function entered(
  azure: Parameters<typeof signedInAs>[0],
  code: string,
  user: string
): { status: number; text: string } {
  if (enterCode(azure.world, code.toUpperCase(), signedInAs(azure, user).oid))
    return { status: 200, text: `${user} is signed in. Go back to where the code was shown.\n` }
  const how = 'Take the code that az shows now, and say who you are: /device?code=CODE&user=alice@contoso.com'
  return { status: 400, text: `No device waits with the code “${code}”. ${how}\n` }
}
