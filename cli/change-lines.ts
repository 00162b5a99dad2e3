import type { OnboardingDocument } from '../src/domain/views/documents.ts'
import { chapterIndex, chapters } from '../src/domain/state/chapters.ts'
import { neededTasks } from '../src/domain/views/turn.ts'
import { testMark } from '../src/domain/terms/choices.ts'
import { moment } from './moments.ts'
import { byCause } from '../src/domain/terms/by-cause.ts'
import { findingsLines } from './finding-lines.ts'

/** What was printed before, so that each change is one line. */
export type PrintedLines = Set<string>

/** What has become new since the last look. */
export function changeLines(view: OnboardingDocument, told: PrintedLines, own: string): string[] {
  const at = (iso: string): string => moment(iso, view.zone, own)
  const news: [string, () => string[]][] = [
    ...(view.purpose === 'test' ? [['purpose', () => [testMark]] satisfies [string, () => string[]]] : []),
    ...view.steps.map((step): [string, () => string[]] => [
      `step ${step.at} ${step.title}`,
      () => [`✓ ${total(step.step)} ${step.title}: ${step.detail}  ${at(step.at)}`]
    ]),
    ...view.answers.map((answer): [string, () => string[]] => [
      `answer ${answer.at} ${answer.task}`,
      () => [`  ${answer.by} answered ${answer.task}  ${at(answer.at)}`]
    ]),
    ...byCause(view.findings).map(({ finding, others }): [string, () => string[]] => [
      `finding ${finding.code} ${finding.since}`,
      () => findingsLines([finding, ...others])
    ]),
    ...neededTasks(view).map((task): [string, () => string[]] => [
      `task ${task.name} ${task.since}`,
      () => [`● ${total(view.step)} waiting on ${task.for}: ${task.asks}  ckey complete ${view.id} ${task.name}`]
    ]),
    ...view.waits.map(({ what, since, said }): [string, () => string[]] => [
      `wait ${what} ${since}`,
      () => [`● ${total(view.step)} waiting for ${what}, since ${at(since)}; Azure’s last words: ${said}`]
    ]),
    ...waitOf(view).map((due): [string, () => string[]] => [
      `due ${due}`,
      () => [`● ${total(view.step)} waiting on Microsoft until ${at(due)}`]
    ])
  ]
  return news
    .filter(([key]) => !told.has(key))
    .flatMap(([key, lines]) => {
      told.add(key)
      return lines()
    })
}

const waitOf = ({ step, due }: OnboardingDocument): string[] =>
  step === 'waiting-on-microsoft' && due !== null ? [due] : []

/** Fixed: it never grows while somebody watches. */
const total = (step: string): string =>
  `${String(Math.min(chapterIndex(step) + 1, chapters.length))}/${String(chapters.length)}`
