/** An answer that says when something happened; without a moment, just now. */
interface Said {
  readonly answer: { readonly at?: string | undefined }
  /** When it was given, ISO 8601 UTC. */
  readonly at: string
}

/** What can only have happened after something else, in words: `It cannot have been sent`, `it was written`. */
export interface Earliest {
  readonly cannot: string
  readonly before: string
  /** ISO 8601 UTC */
  readonly at: string
}

/** When what an answer tells of happened: as the person says, and never later than they said it. ISO 8601 UTC. */
export function saidMoment({ answer, at }: Said): string {
  const told = toldIn(answer) ?? at
  return told < at ? told : at
}

/** Why it cannot have been then: it had not come yet, or was before what it follows. By the minute, as people say it. */
export function whyNotThen(said: Said, { cannot, before, at }: Earliest): string | undefined {
  const told = minuteOf(toldIn(said.answer) ?? said.at)
  if (told > minuteOf(said.at))
    return `${cannot} at ${told}: that had not come at ${minuteOf(said.at)}. Say when it was; empty means now.`
  return told < minuteOf(at) ? `${cannot} at ${told}: ${before} at ${minuteOf(at)}. Say when it was.` : undefined
}

const toldIn = ({ at }: Said['answer']): string | undefined => (at === undefined ? at : new Date(at).toISOString())

const minuteOf = (iso: string): string => `${iso.slice(0, 'yyyy-mm-ddThh:mm'.length)}Z`
