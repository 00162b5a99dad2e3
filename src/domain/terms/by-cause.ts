/** Of a finding. */
interface Found {
  readonly code: string
  readonly resource: string
  readonly cause?: string | undefined
}

/** Findings that one cure cures: the first that was found, which is shown, and what it hides. */
export interface OneCause<F> {
  readonly finding: F
  readonly others: readonly F[]
}

/** All findings, each once, by what causes them: in their order. One that names no cause is its own. */
export function byCause<F extends Found>(findings: readonly F[]): readonly OneCause<F>[] {
  const causes = new Map<string, F[]>()
  for (const finding of findings) {
    const key = keyOf(finding)
    causes.set(key, [...(causes.get(key) ?? []), finding])
  }
  return [...causes.values()].flatMap(([finding, ...others]) => (finding ? [{ finding, others }] : []))
}

/** The same findings, so that a few at the beginning hide no cause behind many of another. */
export function causesFirst<F extends Found>(findings: readonly F[]): readonly F[] {
  const all = byCause(findings)
  return [...all.map(({ finding }) => finding), ...all.flatMap(({ others }) => others)]
}

export const isOfOneCause = (one: Found, other: Found): boolean => keyOf(one) === keyOf(other)

const keyOf = ({ cause, code, resource }: Found): string =>
  JSON.stringify(cause === undefined ? { code, resource } : { cause })

/** What to say of them: an override is of one finding alone, a retry is of its cause. */
export const oneCure = 'One cure cures them all, and a retry of one is a retry of all.'

/** `and 23 more of the same cause (subscription … is not enabled): a, b, c, …`; nothing where it hides none. */
export function hiddenText({ finding, others }: OneCause<Found>, most = 5): string | undefined {
  if (others.length === 0) return undefined
  const named = others.slice(0, most).map(({ code }) => code)
  const rest = others.length > most ? ', …' : ''
  return `and ${String(others.length)} more of the same cause (${finding.cause ?? finding.resource}): ${named.join(', ')}${rest}`
}
