import './keep-connections.ts'
import { makeCertificates } from './core/certificates.ts'
import { startGateway, type ServedAzure } from './core/gateway.ts'
import { startTokenServer } from './token/token-server.ts'

/** The only way to a simulated Azure: a gateway that dials nobody, and the place where apps get their tokens. */
export interface Network {
  /** What a process must be given so that its unmodified SDK clients find what is served here and nothing else. */
  readonly environment: Readonly<Record<string, string>>
  /** PEM of the authority that its clients must trust. */
  readonly authority: string
  /** From now on another Azure answers; whoever is connected to the one before is cut off. */
  serve(served: ServedAzure): void
  /** Drops every connection: what was asked may have been done, and its answer is never heard. */
  cut(): void
  stop(): Promise<void>
}

/** On loopback ports that the system chooses. It outlives what is served on it: a start costs more than an Azure. */
export async function startNetwork(first: ServedAzure): Promise<Network> {
  const certificates = await makeCertificates()
  const gateway = await startGateway({ ...first, certificates })
  const tokens = await startTokenServer(first.around)
  return {
    environment: {
      ...tokens.environment,
      HTTPS_PROXY: gateway.proxyUrl,
      HTTP_PROXY: gateway.proxyUrl,
      NODE_USE_ENV_PROXY: '1', // Node's own fetch and http obey the proxy only then
      NO_PROXY: '127.0.0.1,localhost'
    },
    authority: certificates.authority,
    serve: (served) => {
      gateway.serve(served)
      tokens.serve(served.around)
    },
    cut: () => gateway.cut(),
    stop: async () => {
      await Promise.all([tokens.stop(), gateway.stop()])
    }
  }
}
