import { StoryEnds, whyFailed, type Story } from './durable.ts'

/** Why it failed; undefined when it did not. For what must not stop the work. */
export function* whyNot(work: () => Story<unknown>): Story<string | undefined> {
  try {
    yield* work()
    return undefined
  } catch (error) {
    if (error instanceof StoryEnds) throw error
    return whyFailed(error)
  }
}
