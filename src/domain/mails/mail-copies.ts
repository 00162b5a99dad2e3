/**
 * Communication Services takes 50 receivers for a mail; one is the alias.
 * https://learn.microsoft.com/azure/communication-services/concepts/service-limits
 */
export const mostInCopy = 49

export interface SlotPeople {
  /** Addresses of those whom the request names. */
  readonly named: readonly string[]
  /** Addresses of those in its groups. */
  readonly members: readonly string[]
}

/** Whom a mail can reach of both slots: those who are named first, then people of groups, the room shared by both slots. */
export function withinOneMail([first, second]: readonly [SlotPeople, SlotPeople]): [string[], string[]] {
  const named = shared(mostInCopy, first.named, second.named)
  const members = shared(mostInCopy - named[0].length - named[1].length, first.members, second.members)
  return [
    [...named[0], ...members[0]],
    [...named[1], ...members[1]]
  ]
}

/**
 * In copy beside two who are written to: those who look on from outside before those who act, so that no crowd of the one
 * takes the room of the other.
 */
export function besidesIn(
  except: readonly string[],
  others: readonly string[],
  acting: readonly string[]
): readonly string[] {
  const left = (people: readonly string[]) => [...new Set(people)].filter((each) => !except.includes(each))
  const outside = left(others)
  const [first, second] = shared(
    mostInCopy - 1,
    outside,
    left(acting).filter((each) => !outside.includes(each))
  )
  return [...first, ...second]
}

function shared(room: number, one: readonly string[], other: readonly string[]): [string[], string[]] {
  const ofOne = Math.min(one.length, Math.max(Math.ceil(room / 2), room - other.length))
  return [one.slice(0, ofOne), other.slice(0, room - ofOne)]
}
