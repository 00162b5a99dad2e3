import { formatMoment } from '../calendar/business-calendar.ts'
import { countOf } from '../terms/words.ts'
import type { OnboardingDocument } from './documents.ts'

const mostLines = 10

/** What is waited for at Azure, a line each, the one that has lasted longest first; the JSON has all. */
export function waitLines({ waits, zone }: Pick<OnboardingDocument, 'waits' | 'zone'>): string[] {
  const lines = waits.toSorted((one, other) => (one.since < other.since ? -1 : 1)).map((wait) => waitLine(wait, zone))
  const more = lines.length - mostLines
  return more > 0 ? [...lines.slice(0, mostLines), `… and ${countOf(more, 'more wait')}`] : lines
}

const waitLine = ({ what, since, said, nextLook }: OnboardingDocument['waits'][number], zone: string): string =>
  `Waiting for ${what} since ${formatMoment(since, zone)}; Azure’s last words: ${said.replace(/[.]$/, '')}; ` +
  `next look ${formatMoment(nextLook, zone)}.`
