/** Below this path the host serves the extension's HTTP API. */
export const WEBHOOK_PATH = '/runtime/webhooks/durabletask'

/** What a `durableClient` input carries (the extension's BindingHelper.cs); `origin` as in `http://127.0.0.1:7071`. */
export function clientBinding(origin: string, taskHub: string): string {
  const base = `${origin}${WEBHOOK_PATH}`
  const creation = `${base}/orchestrators/{functionName}[/{instanceId}]`
  return JSON.stringify({
    taskHubName: taskHub,
    creationUrls: {
      createNewInstancePostUri: `${creation}?`,
      createAndWaitOnNewInstancePostUri: `${creation}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}`
    },
    managementUrls: managementUrls(origin, taskHub, 'INSTANCEID'),
    baseUrl: base,
    requiredQueryStringParameters: '',
    rpcBaseUrl: `${base}/`
  })
}

/** Every link to one instance, as the 202 answer to a start lists them. */
export function managementUrls(origin: string, taskHub: string, id: string): Record<string, string> {
  const instance = `${origin}${WEBHOOK_PATH}/instances/${encodeURIComponent(id)}`
  const query = `taskHub=${encodeURIComponent(taskHub)}&connection=Storage`
  return {
    id,
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    restartPostUri: `${instance}/restart?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`
  }
}
