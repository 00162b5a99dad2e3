/** Below this path the host serves the extension's HTTP API. */
export const WEBHOOK_PATH = '/runtime/webhooks/durabletask'

export interface ClientBinding {
  /** As in `http://127.0.0.1:7071`. */
  readonly origin: string
  readonly taskHub: string
  /** Where the app's own clients call, without a key, as in `/runtime/webhooks/…`; only they are told of it. */
  readonly clientPath: string
  /** The key that goes into links; undefined when none is asked for. */
  readonly key: string | undefined
}

/** What a `durableClient` input carries (the extension's Bindings/BindingHelper.cs). */
export function clientBinding({ origin, taskHub, clientPath, key }: ClientBinding): string {
  const base = `${origin}${WEBHOOK_PATH}`
  const creation = `${base}/orchestrators/{functionName}[/{instanceId}]`
  return JSON.stringify({
    taskHubName: taskHub,
    creationUrls: {
      createNewInstancePostUri: `${creation}?`,
      createAndWaitOnNewInstancePostUri: `${creation}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}`
    },
    managementUrls: managementUrls({ origin, taskHub, key }, 'INSTANCEID'),
    baseUrl: base,
    requiredQueryStringParameters: key === undefined ? '' : `code=${encodeURIComponent(key)}`,
    rpcBaseUrl: `${origin}${clientPath}/`
  })
}

/** Every link to one instance, as the 202 answer to a start lists them. */
export function managementUrls(
  { origin, taskHub, key }: Omit<ClientBinding, 'clientPath'>,
  id: string
): Record<string, string> {
  const instance = `${origin}${WEBHOOK_PATH}/instances/${encodeURIComponent(id)}`
  const query = `taskHub=${encodeURIComponent(taskHub)}&connection=Storage${key === undefined ? '' : `&code=${encodeURIComponent(key)}`}`
  return {
    id,
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    restartPostUri: `${instance}/restart?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`
  }
}
