import type { ListedCheck } from './all-checks.ts'

/** Whether an operator may go on although a check does not hold, and how. */
export function overrideText({ code, overridable }: Pick<ListedCheck, 'code' | 'overridable'>): string {
  if (overridable === false) return 'It cannot be overridden.'
  const when = overridable === true ? 'It can be overridden' : `${overridable}. It can be overridden then`
  return (
    `${when}: \`ckey complete ID override-${code}-… --reason "…"\`. Your name and reason stand in the hand-off, and the ` +
    'requirement counts as attested, not proved.'
  )
}
