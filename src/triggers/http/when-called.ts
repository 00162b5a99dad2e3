import type { HttpHandler } from '@azure/functions'

/** Handlers whose code is loaded when the first of them is called: the app starts without it (decision 31). */
export function whenCalled<Name extends string>(
  load: () => Promise<Readonly<Record<Name, HttpHandler>>>
): (name: Name) => HttpHandler {
  let loaded: ReturnType<typeof load> | undefined
  return (name) => async (request, context) => (await (loaded ??= load()))[name](request, context)
}
