import type { Finding } from '../terms/evidence.ts'

/** A finding of a sweep: no onboarding runs that could be retried, overridden or cancelled. Its checks are those of one. */
export const afterHandOff = (finding: Finding): Finding => ({
  ...finding,
  remedy: `${finding.remedy.replaceAll(retrying, '')} ${looksAgain}`
})

const looksAgain = 'After the hand-off nothing is retried, overridden or cancelled: the next sweep looks again.'

const retrying = /(?:[,.]| —)? (?:and|then) retry\b/gi
