import type { OnboardingDocument } from './documents.ts'
import { formatMoment } from '../calendar/business-calendar.ts'
import { chapterIndex, chapters } from '../state/chapters.ts'
import { taskName } from '../tasks/task.ts'
import { byCause } from '../terms/by-cause.ts'
import { countOf, listOf } from '../terms/words.ts'
import { standsOf, titleOf } from './shown-task.ts'

/** What one look must tell: whose turn it is, until when, what happens next. Sentences for people. */
export interface Turn {
  readonly who: 'people' | 'microsoft' | 'azure' | 'nobody'
  readonly headline: string
  readonly detail: string
  readonly next: string
  /** ISO 8601 UTC: until when, where there is such a moment. */
  readonly until: string | null
}

export function turnOf(view: OnboardingDocument): Turn {
  if (view.status !== 'running') return over(view)
  if (view.waitingOn === 'nobody') return closingTurn(view)
  if (view.halted) return haltedTurn(view, view.halted)
  if (view.findings.length > 0) return findingTurn(view)
  if (view.waitingOn === 'microsoft') return microsoftTurn(view)
  return view.waitingOn === 'people' ? peopleTurn(view) : azureTurn(view)
}

/** The tasks that something waits for. */
export const neededTasks = (view: OnboardingDocument): OnboardingDocument['tasks'] =>
  view.tasks.filter((task) => task.optional !== true && standsOf(task) !== 'with-finding')

function over(view: OnboardingDocument): Turn {
  const by = view.answers.findLast(({ task }) => task === taskName({ kind: 'cancel' }))?.by
  const told = {
    completed: [
      'Done: the keys are ready',
      'Every vault, key and backup was verified and handed off.',
      'Read the hand-off, keep it safe, then create the data encryption policies with its commands.'
    ],
    cancelled: [
      'Cancelled',
      `Ended by ${by ?? 'an operator'}. What was made in Azure stays: this app deletes nothing.`,
      'Its report says what stays and what people may remove: among the downloads, or by ckey handoff. A new id starts anew.'
    ],
    running: ['', '', '']
  }[view.status]
  const [headline = '', detail = '', next = ''] = told
  return { who: 'nobody', headline, detail, next, until: null }
}

function haltedTurn(view: OnboardingDocument, { by, at }: NonNullable<OnboardingDocument['halted']>): Turn {
  return {
    who: 'people',
    headline: `Halted by ${by}`,
    detail: `Since ${formatMoment(at, view.zone)} nothing more is done to Azure for it. Backups and sweeps go on.`,
    next: 'It goes on when an operator of each slot has said so: go-on-slot-1 and go-on-slot-2.',
    until: null
  }
}

function findingTurn(view: OnboardingDocument): Turn {
  const causes = byCause(view.findings)
  const one = view.findings.length === 1
  const ofOne = causes.length < view.findings.length ? ` (${countOf(causes.length, 'cause')})` : ''
  return {
    who: 'people',
    headline: `${countOf(view.findings.length, 'finding')}${ofOne} ${one ? 'needs' : 'need'} an operator`,
    detail: `${listOf(causes.slice(0, 3).map(({ finding }) => finding.cause ?? finding.resource))}: mend what the finding names, then retry.`,
    next: 'The step is tried again and goes on where it stopped. Nothing else is lost or repeated.',
    until: null
  }
}

function peopleTurn(view: OnboardingDocument): Turn {
  const tasks = neededTasks(view)
  const who = [...new Set(tasks.map((task) => task.for))]
  return {
    who: 'people',
    headline: tasks.length > 0 ? `Turn of ${listOf(who)}` : 'Your turn',
    detail:
      tasks.length === 1
        ? (tasks[0]?.asks ?? '')
        : `${countOf(tasks.length, 'answer')} awaited: ${listOf(tasks.map((task) => inSentence(titleOf(task))))}.`,
    next: nextAfter(view.step),
    until: null
  }
}

const inSentence = (title: string): string => title.replace(/^./, (first) => first.toLowerCase())

function microsoftTurn(view: OnboardingDocument): Turn {
  const { registration, zone } = view
  const states = registration ? `Slot 1: ${registration.states[0]}, slot 2: ${registration.states[1]}.` : ''
  const counted =
    registration?.acknowledgedAt === undefined
      ? 'from the mail, not yet acknowledged'
      : 'from Microsoft’s acknowledgement'
  const late = registration?.breachedAt !== undefined
  return {
    who: 'microsoft',
    headline: late
      ? `Microsoft is late: it was due ${formatMoment(registration?.dueAt ?? '', zone)}`
      : `Microsoft’s turn until ${view.due === null ? 'it answers' : `${formatMoment(view.due, zone)} (${zone})`}`,
    detail: `They approve the mandatory retention period on both subscriptions; the days count ${counted}. ${states}`,
    next: late
      ? 'Operators and Microsoft’s aliases were written to again. The onboarding goes on as soon as both show Registered.'
      : `Both show Registered → ${remaining('vaults-and-keys')}. If the day passes, everybody is written to again; nothing stops.`,
    until: view.due
  }
}

function azureTurn(view: OnboardingDocument): Turn {
  const chapter = chapters[chapterIndex(view.step)]
  if (view.waits.length > 0) return waitTurn(view)
  return {
    who: 'azure',
    headline: `Working: ${chapter?.title ?? view.step}`,
    detail: chapter === undefined ? '' : `${chapter.about}.`.replace(/^./, (first) => first.toUpperCase()),
    next: nextAfter(view.step),
    until: null
  }
}

/** It has ended, and its ledger is being closed: nobody has anything to do, and nothing of it is open. */
function closingTurn({ step }: OnboardingDocument): Turn {
  const isDone = step === 'done'
  return {
    who: 'azure',
    headline: isDone ? 'Handed off, and closing' : 'Cancelled, and closing',
    detail: `${isDone ? 'The hand-off is written' : 'Nothing more is begun'}. Its ledger is closed, which takes a moment.`,
    next: `Then it is over: read the ${isDone ? 'hand-off, and keep it safe' : 'report of what stays in Azure'}.`,
    until: null
  }
}

/** What Azure has not ended yet; `waitLines` tells of each. */
function waitTurn(view: OnboardingDocument): Turn {
  const { waits, step } = view
  const others = waits.length > 1 ? `, and ${String(waits.length - 1)} more` : ''
  return {
    who: 'azure',
    headline: `Waiting for ${waits[0]?.what ?? 'Azure'}${others}`,
    detail:
      'Azure was asked and has not ended it yet. It is looked at again by itself; what takes too long becomes a finding.',
    next: nextAfter(step),
    until: null
  }
}

function nextAfter(step: string): string {
  const following = chapters[chapterIndex(step) + 1]
  return following === undefined ? 'That was the last step.' : `Next: ${following.title} – ${following.about}.`
}

const remaining = (from: string): string =>
  chapters
    .slice(chapterIndex(from))
    .map(({ title }) => title.toLowerCase())
    .join(' → ')
