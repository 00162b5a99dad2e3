/** Work on many things, so many at a time: a hundred at once would wait for one another's connections. Results in their order. */
export async function eachOf<T, Done>(
  things: readonly T[],
  work: (thing: T) => Promise<Done>,
  most = 16
): Promise<Done[]> {
  const done: Done[] = []
  for (let next = 0; next < things.length; next += most)
    done.push(...(await Promise.all(things.slice(next, next + most).map(work))))
  return done
}
