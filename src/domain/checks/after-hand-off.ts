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
    .replaceAll(replacing, '(by the request of the next onboarding, which says who stands for the slots from then on)')
    .split(/(?<=\.)\s+(?=[A-Z])/)
    .flatMap((sentence) => {
      const left = sentence
        .split(/;\s+|,?\s+or\s+(?=cancel|start anew|override)/i)
        .filter((part) => !ofOnboardings.test(part))
      return left.length === 0 ? [] : [`${begun(left.join('; ')).replace(/[.;,]+$/, '')}.`]
    })

/** A sentence whose beginning was taken away begins with what is left. */
const begun = (left: string): string =>
  left.replace(/^(?:if|where|else|otherwise)\b/, (word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)

const retrying = /(?:[,.;]| —)? (?:and|then) retry\b/gi

const elsewhere = /,? and start anew with another vault name/gi

/** Tasks of an onboarding that runs. */
const replacing = /\(task replace-operator[^)]*\)/g

/** What only an onboarding that runs can be told. */
const ofOnboardings = /\b(?:overrid\w*|start anew|cancel|retry)\b/i
