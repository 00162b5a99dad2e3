/** Makes a client on first use and keeps it: a client holds its tokens and connections. */
export function lazily<Client>(create: (key: string) => Client): (key: string) => Client {
  const made = new Map<string, Client>()
  return (key) => {
    const client = made.get(key) ?? create(key)
    made.set(key, client)
    return client
  }
}

/** The same for a client that there is one of. */
export function once<Client>(create: () => Client): () => Client {
  const only = lazily(create)
  return () => only('')
}

/**
 * A part of Azure whose SDK client is loaded when the part is first asked. The clients are most of the code that is
 * deployed; an app that loads them all at its start answers its first request three times later (docs/deploy.md).
 */
export function onFirstUse<Part extends Asynchronous<Part>>(load: () => Promise<Part>): Part {
  const loaded = once(load)
  const forward =
    (method: keyof Part) =>
    async (...args: never[]): Promise<unknown> =>
      (await loaded())[method](...args)
  // A stand-in has no method of its own, so no check can see that it is a Part; whatever it is asked, the Part answers.
  // It has no `then`: an `await` would take it for a promise.
  return new Proxy({} as Part, { get: (_, method) => (method === 'then' ? undefined : forward(method as keyof Part)) })
}

/** Its methods only promise, so a caller cannot tell that the first answer had to be loaded. */
type Asynchronous<Part> = { readonly [Method in keyof Part]: (...args: never[]) => Promise<unknown> }
