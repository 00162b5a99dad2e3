import type { Finding } from '../terms/evidence.ts'

/** A finding of a sweep: no onboarding runs that could be retried, overridden or cancelled. Its checks are those of one. */
export const afterHandOff = (finding: Finding): Finding => ({
  ...finding,
  remedy: [...sentencesOf(finding.remedy), looksAgain].join(' ')
})

const looksAgain = 'After the hand-off nothing is retried, overridden or cancelled: the next sweep looks again.'

/** What of a cure can still be done. What was to be made anew is another onboarding's, to which the policy is moved. */
const sentencesOf = (remedy: string): string[] =>
  remedy
    .replaceAll(retrying, '')
    .replaceAll(elsewhere, ' and move its policy to the vault pair of another onboarding')
    .split(/(?<=\.)\s+(?=[A-Z])/)
    .flatMap((sentence) => {
      const left = sentence
        .split(/;\s+|,?\s+or\s+(?=cancel|start anew|override)/i)
        .filter((part) => !ofOnboardings.test(part))
      return left.length === 0 ? [] : [`${left.join('; ').replace(/[.;,]+$/, '')}.`]
    })

const retrying = /(?:[,.;]| —)? (?:and|then) retry\b/gi

const elsewhere = /,? and start anew with another vault name/gi

/** What only an onboarding that runs can be told. */
const ofOnboardings = /\b(?:overrid\w*|start anew|cancel|retry)\b/i
