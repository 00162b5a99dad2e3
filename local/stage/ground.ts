import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import type { ServedAzure } from '../azure/core/gateway.ts'
import { StoredWorld, type World } from '../azure/core/world.ts'
import { startNetwork, type Network } from '../azure/network.ts'

/** Of all worlds of this process: client libraries keep their tokens. */
const secret = randomBytes(32).toString('hex')

/** In memory, for an Azure that is served here. */
export const newWorld = (): World => new StoredWorld(':memory:', secret)

let network: Promise<Network> | undefined
/** For processes of this one's: such a variable is read when a process starts. */
let authorityFile = ''

/** The one network of this process, and this process led to it: from now on `served` answers there, and nothing else. */
export async function serveHere(
  served: ServedAzure
): Promise<Network & { readonly hostEnvironment: Readonly<Record<string, string>> }> {
  if (network === undefined) {
    network = startNetwork(served)
    const { environment, authority } = await network
    authorityFile = writtenForThisProcess(authority)
    Object.assign(process.env, environment, { NODE_EXTRA_CA_CERTS: authorityFile })
    // Only this authority: what is not simulated must not be reached, and each connection loads them all.
    tls.setDefaultCACertificates([authority])
  }
  const here = await network
  here.serve(served)
  return { ...here, hostEnvironment: { ...here.environment, NODE_EXTRA_CA_CERTS: authorityFile } }
}

function writtenForThisProcess(authority: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'customer-key-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'ca.pem')
  writeFileSync(file, authority)
  return file
}

let given: readonly string[] = []

/** The app's settings in this process's environment, in place of those of the stage before. */
export function giveSettings(settings: Readonly<Record<string, string>>): void {
  for (const name of given) delete process.env[name]
  given = Object.keys(settings)
  Object.assign(process.env, settings)
}
