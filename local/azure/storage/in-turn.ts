/** Works through what is asked of one thing in the order it was asked, and of different things at the same time. */
export type InTurn = <T>(thing: string, work: () => Promise<T>) => Promise<T>

export function inTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>()
  return async (thing, work) => {
    const before = last.get(thing)
    const mine = (async () => {
      await before?.catch(() => undefined)
      return work()
    })()
    last.set(thing, mine)
    try {
      return await mine
    } finally {
      if (last.get(thing) === mine) last.delete(thing)
    }
  }
}
