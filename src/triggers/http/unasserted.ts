import { HttpRequest, type PreInvocationContext } from '@azure/functions'

/**
 * Takes away what a request says about its sender, where no platform stands before the app that would have said it:
 * anybody can write a header. Whoever needs to know who acts then refuses.
 */
export function dropUnasserted({ inputs }: PreInvocationContext): void {
  for (const input of inputs) {
    if (!(input instanceof HttpRequest)) continue
    for (const name of [...input.headers.keys()])
      if (name.startsWith('x-ms-client-principal')) input.headers.delete(name)
  }
}
