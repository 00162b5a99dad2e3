import { entriesOfKind, type Entry } from './entry.ts'

const minute = 60_000

/**
 * Whether somebody should be told once more that there is something to hear: an answer has no verdict after one minute, two,
 * four and so on. Ever rarer, because each hint is a row of history. `after`, `until`: moments of the look before and of
 * this one.
 */
export function isHintDue(entries: readonly Entry[], after: string, until: string): boolean {
  const judged = new Set(entriesOfKind(entries, 'verdict').map(({ said }) => said.answer))
  const unheard = entriesOfKind(entries, 'answer').filter(({ said }) => !judged.has(said.id))
  return unheard.some(({ moment }) => {
    const [before, now] = [after, until].map((look) => doublings(Date.parse(look) - Date.parse(moment)))
    return now !== before && now !== undefined
  })
}

/** 0 from the first minute on, 1 from the second, 2 from the fourth. */
const doublings = (age: number): number | undefined => (age < minute ? undefined : Math.floor(Math.log2(age / minute)))
