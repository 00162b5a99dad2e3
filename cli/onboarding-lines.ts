import { shortDigest } from '../src/domain/plan/plan-digest.ts'
import type { OnboardingDocument } from '../src/domain/views/documents.ts'
import { chapterIndex, chapters } from '../src/domain/state/chapters.ts'
import { testMark } from '../src/domain/terms/choices.ts'
import { fieldsOf, standsOf, stepsOf, warnsOf, type ShownTask } from '../src/domain/views/shown-task.ts'
import { becameOf, notWhollyTaken } from '../src/domain/views/shown-answer.ts'
import { turnOf } from '../src/domain/views/turn.ts'
import { waitLines } from '../src/domain/views/wait-lines.ts'
import { countOf, durationOf } from '../src/domain/terms/words.ts'
import { flagOf } from './answer-flags.ts'
import { elapsed, moment } from './moments.ts'
import { findingsLines } from './finding-lines.ts'

export interface Reader {
  /** The app's clock. */
  readonly now: Date
  /** The reader's own zone. */
  readonly zone: string
}

/** Where an onboarding stands, as `status` prints it. */
export function statusLines(view: OnboardingDocument, reader: Reader): string[] {
  const turn = turnOf(view)
  return [
    ...(view.purpose === 'test' ? [testMark] : []),
    `${view.organization.domain} · ${view.id} · ${view.status} · plan ${shortDigest(view.planDigest)}`,
    `Started ${moment(view.startedAt, view.zone, reader.zone)} by ${view.startedBy}, ${elapsed(view.startedAt, reader.now)} ago`,
    '',
    turn.headline,
    ...(turn.until === null ? [] : [`  until ${moment(turn.until, view.zone, reader.zone)}`]),
    `  ${turn.detail}`,
    `  ${turn.next}`,
    ...takeoverLines(view, reader),
    ...waitLines(view).map((line) => `  ${line}`),
    '',
    ...chapterLines(view, reader),
    ...backupLines(view, reader),
    ...findingsPart(view),
    ...taskLines(view, reader),
    ...answerLines(view, reader)
  ]
}

/** That a new instance went on, and why; the newest time. */
function takeoverLines({ takeovers, status, zone }: OnboardingDocument, reader: Reader): string[] {
  const newest = status === 'running' ? takeovers.at(-1) : undefined
  return newest ? [`  Taken over ${moment(newest.at, zone, reader.zone)}, because ${newest.because}`] : []
}

/** What was said and did not count, not wholly or not yet, and why. */
export function answerLines(view: OnboardingDocument, reader: Reader): string[] {
  const answers = notWhollyTaken(view)
  if (answers.length === 0) return []
  return [
    '',
    'Answers that did not count, not wholly or not yet:',
    ...answers.map(
      (answer) => `  ${answer.task} by ${answer.by}, ${moment(answer.at, view.zone, reader.zone)}: ${becameOf(answer)}`
    )
  ]
}

/** What did not hold, first of all, whoever asks what to do. */
export const findingsPart = ({ findings }: OnboardingDocument): string[] =>
  findings.length === 0 ? [] : ['', 'Findings:', ...findingsLines(findings)]

/** `✓ 1/9 Preflight …`: a fixed total, whatever happens. */
export function chapterLines(view: OnboardingDocument, reader: Reader): string[] {
  const now = chapterIndex(view.step)
  return chapters.map(({ step, title, about }, index) => {
    const done = index < now || view.status === 'completed'
    const mark = done ? '✓' : index === now ? (view.findings.length > 0 ? '✗' : '●') : '·'
    const last = view.steps.findLast((each) => each.step === step && !besideTheWork.includes(each.title))
    const what = done && last ? `${last.detail}  ${moment(last.at, view.zone, reader.zone)}` : about
    return `  ${mark} ${String(index + 1)}/${String(chapters.length)} ${title.padEnd(16)} ${what}`
  })
}

/** Keys whose present state no backup holds; how many there are where all are backed up. */
function backupLines({ backups, zone }: OnboardingDocument, reader: Reader): string[] {
  const behind = backups.filter(({ backedUpAt }) => backedUpAt === undefined)
  if (backups.length === 0) return []
  if (behind.length === 0)
    return ['', `Backups: ${countOf(backups.length, 'key')}, all backed up after their last change`]
  return [
    '',
    'Backups behind:',
    ...behind.map(
      ({ keyName, vaultName, changedAt, gapSeconds }) =>
        `  ${keyName} in ${vaultName}: not yet, for ${durationOf(gapSeconds)}${changedAt === undefined ? '' : `, changed ${moment(changedAt, zone, reader.zone)}`}`
    )
  ]
}

/** What is asked of whom, and the command that answers it. What stands beside every wait is left out. */
export function taskLines(view: OnboardingDocument, reader: Reader): string[] {
  const tasks = view.tasks.filter((task) => standsOf(task) !== 'beside')
  if (tasks.length === 0) return []
  return [
    '',
    'Tasks:',
    ...tasks.flatMap((task) => [
      `  ${task.optional === true ? '○' : '●'} ${task.name}${task.optional === true ? ' (optional)' : ''}  of ${task.for}, since ${moment(task.since, view.zone, reader.zone)}`,
      `    ${task.asks}`,
      ...stepsOf(task).map((step, index) => `      ${String(index + 1)}. ${step}`),
      `    ckey complete ${view.id} ${task.name}${flagsOf(task)}`
    ])
  ]
}

/** What can be said at any time: to halt it, to end it, that somebody leaves. */
export const besideLines = (view: OnboardingDocument): string[] =>
  view.tasks
    .filter((task) => standsOf(task) === 'beside')
    .toSorted((one, other) => Number(warnsOf(one)) - Number(warnsOf(other)))
    .map((task) => `  ${task.asks}  ckey complete ${view.id} ${task.name}${flagsOf(task)}`)

const flagsOf = (task: ShownTask): string =>
  fieldsOf(task)
    .filter((field) => field.required)
    .map((field) => ` ${flagOf(field)} ${field.kind === 'confirm' ? 'DIGEST' : '…'}`)
    .join('')

/** Titles of what is told of a chapter and is no part of its work. */
const besideTheWork: readonly string[] = ['Mail', 'Warning']
