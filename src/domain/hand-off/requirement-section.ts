import { Temporal } from 'temporal-polyfill'
import { formatMoment } from '../calendar/business-calendar.ts'
import type { HandOff } from './hand-off.ts'
import { standings, type RequirementStatus } from './requirement-report.ts'
import type { Word } from './requirement-words.ts'

/** How each requirement stands, for readers, with what the words mean. `zone`: the IANA zone its moments are shown in. */
export const requirementSection = ({ requirements, verifiedSince }: HandOff, zone: string): string[] => [
  '## Requirements',
  '',
  `What is proved at the hand-off was read again from Azure in one look, which began ${dated(verifiedSince, zone)}; what can only be ` +
    'known earlier says its own date. A row counts the resources or people that it needs, and how many of them there are.',
  '',
  ...Object.entries(standings).map(([standing, means]) => `- **${standing}**: ${means}`),
  '',
  '| | requirement | status | counted | seen | by |',
  '|---|---|---|---|---|---|',
  ...requirements.map((row) => {
    const { id, title, status, count } = row
    return `| ${id} | ${title} | ${status} | ${count.seen} of ${count.of} | ${seenAt(row, zone)} | ${by(row, zone)} |`
  })
]

/** With the year: a hand-off is read years later. */
export const dated = (iso: string, zone: string): string =>
  `${formatMoment(iso, zone)} ${Temporal.Instant.from(iso).toZonedDateTimeISO(zone).year} (${zone})`

/** What people wrote is text, not Markdown. */
export const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`)

function seenAt({ between }: RequirementStatus, zone: string): string {
  if (!between) return '–'
  const [first, last] = between.map((moment) => dated(moment, zone))
  return first === last ? String(first) : `${first} to ${last}`
}

function by({ evidence, words, despite = [], unread = [], missing, status }: RequirementStatus, zone: string): string {
  const records = evidence.length === 0 ? [] : [`${evidence.length} ${evidence.length === 1 ? 'record' : 'records'}`]
  const people = words.map((word) => said(word, status, zone))
  const unheld = despite.map((each) => `does not hold: ${plain(each)}`)
  const dark = unread.map((each) => `not looked at: ${plain(each)}`)
  return [...(missing === undefined ? [] : [plain(missing)]), ...records, ...unheld, ...dark, ...people].join('; ')
}

const said = ({ task, by: who, at, in: list }: Word, status: RequirementStatus['status'], zone: string): string =>
  `${status === 'shown' ? 'shown to' : `${task} by`} ${who}, ${dated(at, zone)}${status === 'shown' ? ` (${task})` : ` (${placeOf[list]})`}`

const placeOf: Readonly<Record<Word['in'], string>> = {
  approvals: 'under People',
  officers: 'under People',
  offlineCopies: 'under People',
  overrides: 'under People',
  registration: 'in the ledger',
  ledger: 'in the ledger',
  shown: 'in the records'
}
