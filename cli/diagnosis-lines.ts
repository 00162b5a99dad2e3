import type { Diagnosis } from '../src/contracts/diagnosis.ts'
import { countOf } from '../src/domain/terms/words.ts'

/** `unread`: whoever asks may not look, so nothing is known. */
export type Diagnosed = Omit<Diagnosis, 'state'> & { readonly state: Diagnosis['state'] | 'unread' }

/** What a doctor says: a line for each thing, and how many of each kind. */
export function diagnosisLines(checks: readonly Diagnosed[]): string[] {
  const width = Math.max(...checks.map(({ about }) => about.length))
  return [
    ...checks.map(({ about, state, detail }) => `${marks[state]} ${about.padEnd(width)}  ${detail}`),
    '',
    summary(checks)
  ]
}

const marks = { ok: '✓', note: '·', missing: '✗', unread: '?' } as const

function summary(checks: readonly Diagnosed[]): string {
  const count = (state: Diagnosed['state']): number => checks.filter((each) => each.state === state).length
  const unread = count('unread')
  return (
    `${countOf(count('missing'), 'thing')} missing, ${countOf(count('note'), 'note')}, ${String(count('ok'))} well` +
    `${unread === 0 ? '' : `, ${unread} not read`}.`
  )
}
