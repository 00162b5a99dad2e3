import type { PreInvocationContext } from '@azure/functions'

/**
 * Lets no function work on records of another layout. Asked at the first invocation of a process, once it is answered: a start
 * waits for no store. Orchestrators do no I/O, and a turn that throws would end its instance for good: they are let through,
 * and what they ask of activities is refused.
 */
export function layoutGuard(whyNot: () => Promise<string | undefined>) {
  let known: Promise<string | undefined> | undefined
  return async (context: PreInvocationContext): Promise<void> => {
    const { type } = context.invocationContext.options.trigger
    if (type === 'orchestrationTrigger') return
    known ??= whyNot()
    const why = await known.catch(() => (known = undefined)) // a store that does not answer is the function's own trouble
    if (why === undefined) return
    if (type !== 'httpTrigger') throw new Error(why)
    context.functionHandler = () => refused(why)
  }
}

async function refused(detail: string) {
  const { problemResponse, refusal } = await import('./http/http.ts') // no start waits for what is seldom needed
  return problemResponse(refusal({ code: 'other-layout', title: 'The records are of another layout', detail }))
}
