/** Notes a part that has started, and how it is ended. Gives the part back. */
export type Began = <T>(part: T, end: (part: T) => unknown) => T

/**
 * Starts something of several parts. Where one cannot be started, those before it are ended, the last one first, so that
 * nothing keeps the process alive; what is thrown is why.
 */
export async function allOrNothing<T>(start: (began: Began) => Promise<T>): Promise<T> {
  const ends: (() => unknown)[] = []
  try {
    return await start((part, end) => {
      ends.push(() => end(part))
      return part
    })
  } catch (error) {
    for (const end of ends.toReversed()) await Promise.resolve().then(end).catch(nobodyAsks)
    throw error
  }
}

/** Why a part does not end well is of no interest once another did not start. */
const nobodyAsks = (): void => undefined
