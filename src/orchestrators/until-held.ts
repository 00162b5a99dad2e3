import { findingOf } from '../domain/checks/checks.ts'
import { findingOfRefusal } from '../domain/checks/refused.ts'
import { stepCheck } from '../domain/checks/unreachable.ts'
import { isUnreadable, unreadableStepCheck } from '../domain/checks/unreadable.ts'
import type { Fact } from '../domain/state/fact.ts'
import { answerable } from '../domain/state/status.ts'
import { waysOn } from '../domain/state/ways-on.ts'
import { covers, type Finding, type Requirement } from '../domain/terms/evidence.ts'
import { narrowestIn } from '../domain/terms/refused.ts'
import { note, open } from './board.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import { isAnswerTo } from '../domain/tasks/answers.ts'
import { sameTask, type Task } from '../domain/tasks/task.ts'
import { now, StepRefused, StoryEnds, whyFailed, type Story } from './durable.ts'
import { afterRefusal, heardAlready, questionOf, shownPart, waitFor } from './people.ts'
import { judge } from './verdicts.ts'
import type { Desk } from './run.ts'

/** What a step is about, for the finding that stands when Azure could not be asked at all. */
export interface About {
  readonly code: string
  readonly requirement: Requirement
  readonly resource: string
  /** It is of several things: a refusal of unknown cause names the one that its call was about. */
  readonly several?: true
  /** The right to set up was taken back before it. */
  readonly settled?: boolean
}

export interface Look {
  readonly findings: readonly Finding[]
}

/**
 * Runs a step until nothing it found stands open. A finding pauses its branch: an operator cures the cause and says
 * `retry`, or, where the rule allows it, overrides with a name and a reason, or says `mend`: the next look is told what of.
 * Throws `Cancelled`.
 */
export function* untilHeld<T extends Look>(
  desk: Desk,
  about: About,
  look: (mend: Finding | undefined) => Story<T>
): Story<T> {
  for (let mend: Finding | undefined; ; ) {
    const seen = yield* tried(() => look(mend), about)
    const standing = seen.findings.filter((finding) => !isOverridden(desk, finding))
    if (standing.length === 0 && 'value' in seen) return seen.value
    mend = yield* operatorsWord(desk, standing)
  }
}

/** One look. A step that Azure would not take at all becomes a finding; there is no value then. */
export function* tried<T extends Look>(look: () => Story<T>, about: About): Story<Look & { value?: T }> {
  try {
    const value = yield* look()
    return { findings: value.findings, value }
  } catch (error) {
    if (error instanceof StoryEnds) throw error
    return { findings: [unanswered(about, error)] }
  }
}

/**
 * What the app shall mend of what it found. Findings beyond those that can be answered now wait their turn. What was said of
 * several at the same time counts for all of them.
 */
function* operatorsWord(desk: Desk, findings: readonly Finding[]): Story<Finding | undefined> {
  const { board, context } = desk
  note(board, { fact: 'found', findings, at: now(context) })
  const ways = answerable(board.state).flatMap((finding) => waysOn(finding).map((task) => ({ task, finding })))
  for (const { task, finding } of ways) open(board, shownPart(questionOf(desk, task, { mend: finding.mend ?? '' })))
  const tasks = ways.map(({ task }) => task)
  let mend: Finding | undefined
  for (let isAnswered = false; ; ) {
    const said = isAnswered ? yield* heardAlready(desk, tasks) : yield* waitFor(desk, tasks)
    if (!said) break
    const { task } = said
    const way = ways.find((each) => sameTask(each.task, task))
    const { isTaken, why } = yield* judge(desk, said, { of: spokenOf(said, way) })
    if (why !== undefined) askAgain(desk, task, { why, finding: way?.finding })
    if (!isTaken || !way) continue
    isAnswered = true
    if (isAnswerTo(said, 'override')) note(board, overridden(way.finding, said))
    if (task.kind === 'mend') mend = way.finding
  }
  note(board, { fact: 'closed', tasks }, { fact: 'found', findings: [], at: now(context) })
  return mend
}

/** An override is of what was observed then, and of nothing else. */
const spokenOf = ({ task }: Answer, way: { readonly finding: Finding } | undefined): string | undefined =>
  task.kind === 'override' ? way?.finding.observed : undefined

/** It was said by somebody who may not, and stands for others. */
function askAgain(
  desk: Desk,
  task: Task,
  { why, finding }: { readonly why: string; readonly finding: Finding | undefined }
): void {
  const { mend = '' } = finding ?? {}
  note(desk.board, { fact: 'closed', tasks: [task] }, { fact: 'judged', task, refusal: why })
  open(desk.board, shownPart(afterRefusal(desk, questionOf(desk, task, { mend }))))
}

const overridden = ({ code, observed, requirement }: Finding, { by, at, answer }: Answer<'override'>): Fact => ({
  fact: 'overridden',
  overrides: [{ code, observed, requirement, by, reason: answer.reason, at }]
})

export const isOverridden = ({ board }: Pick<Desk, 'board'>, finding: Finding): boolean =>
  finding.overridable && board.state.overrides.some((each) => covers(each, finding))

function unanswered({ code, requirement, resource, several, settled }: About, error: unknown): Finding {
  const refused = error instanceof StepRefused ? error.refused : undefined
  if (refused) {
    const known = settled === undefined ? refused : { ...refused, settled }
    return findingOfRefusal(known, { requirement, resource, suffixes: [code, resource] })
  }
  const check = error instanceof StepRefused && isUnreadable(error.kind) ? unreadableStepCheck : stepCheck
  const seen = { observed: { refusal: whyFailed(error) }, expected: undefined }
  const one = several && error instanceof StepRefused ? narrowestIn(error.place) : undefined
  return { ...findingOf(check, seen, { resource: one ?? resource, suffix: code }), requirement }
}
