import tls from 'node:tls'
import type { ServedAzure } from '../azure/core/gateway.ts'
import { startNetwork, type Network } from '../azure/network.ts'

let network: Promise<Network> | undefined

/** The one network of this process, and this process led to it: from now on `served` answers there, and nothing else. */
export async function serveHere(served: ServedAzure): Promise<Network> {
  if (network === undefined) {
    network = startNetwork(served)
    const { environment, authority } = await network
    Object.assign(process.env, environment)
    // Only this authority: what is not simulated must not be reached, and each connection loads them all.
    tls.setDefaultCACertificates([authority])
  }
  const here = await network
  here.serve(served)
  return here
}

let given: readonly string[] = []

/** The app's settings in this process's environment, in place of those of the stage before. */
export function giveSettings(settings: Readonly<Record<string, string>>): void {
  for (const name of given) delete process.env[name]
  given = Object.keys(settings)
  Object.assign(process.env, settings)
}
