import http from 'node:http'

/** What this needs of Node's agents: they have it, and their types do not say so. */
interface Agent {
  keepAlive: boolean
  addRequest(request: unknown, options: unknown): void
  getName?: (options: { readonly host?: string; readonly port?: number }) => string
  isSecureEndpoint?: () => boolean
}

const prototype = http.Agent.prototype as unknown as Agent
const addRequest = Reflect.get(prototype, 'addRequest')

/**
 * Lets the SDK's clients keep their connections to the simulated Azure, as they keep those to Azure. There they need no proxy;
 * here they go through one, and their agent for proxies (`https-proxy-agent`) opens a connection, with its handshake, for every
 * call: nobody tells it to keep any, and it looks for a kept one by another name than it keeps it by.
 */
prototype.addRequest = function (this: Agent, request, options) {
  if (isForProxy(this)) {
    this.keepAlive = true
    this.getName = ({ host, port }) => `${String(host)}:${String(port)}`
    this.isSecureEndpoint = () => true
  }
  addRequest.call(this, request, options)
}

/** By what it has, not by its class: a bundled app has a class of its own. */
const isForProxy = (agent: object): boolean => 'proxy' in agent && agent.proxy instanceof URL
