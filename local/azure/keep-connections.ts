import { HttpsProxyAgent } from 'https-proxy-agent'

/**
 * Lets the SDK's clients keep their connections to the simulated Azure, as they keep those to Azure. There they need no proxy;
 * here they go through one, and their agent for proxies opens a connection, with its handshake, for every call: nobody tells
 * it to keep any, and it looks for a kept one by another name than it keeps it by. A bundled app has an agent of its own.
 */
Object.defineProperties(HttpsProxyAgent.prototype, {
  keepAlive: { get: () => true, set: () => undefined },
  getName: { value: ({ host, port }: { host?: string; port?: number }) => `${String(host)}:${String(port)}` },
  isSecureEndpoint: { value: () => true }
})
