import type { HttpHandler } from '@azure/functions'

/** Handlers whose code is loaded when the first of them is called: the app starts without it (decision 31). */
export function whenCalled<Id extends string>(load: () => Promise<(id: Id) => HttpHandler>): (id: Id) => HttpHandler {
  let loaded: ReturnType<typeof load> | undefined
  return (id) => async (request, context) => (await (loaded ??= load()))(id)(request, context)
}
