import type { Finding, Requirement } from '../domain/terms/evidence.ts'
import type { Board } from './board.ts'
import { now, whyFailed, type Context, type Story } from './durable.ts'
import { answered, Cancelled, waitFor } from './people.ts'

/** What a step is about, for the finding that stands when Azure could not be asked at all. */
export interface About {
  readonly code: string
  readonly requirement: Requirement
  readonly resource: string
}

interface Look {
  readonly findings: readonly Finding[]
}

/**
 * Runs a step until nothing it found stands open. A finding pauses its branch: an operator cures the cause and says
 * `retry`, or, where the rule allows it, overrides with a name and a reason, or says `mend`: the next look is told what of.
 * Throws `Cancelled`.
 */
export function* untilHeld<T extends Look>(
  context: Context,
  board: Board,
  about: About,
  look: (mend: Finding | undefined) => Story<T>
): Story<T> {
  for (let mend: Finding | undefined; ; ) {
    const seen = yield* tried(() => look(mend), about)
    const open = seen.findings.filter((finding) => !isOverridden(board, finding))
    if (open.length === 0 && 'value' in seen) return seen.value
    mend = yield* operatorsWord(context, board, open)
  }
}

/** One look. A step that Azure would not take at all becomes a finding; there is no value then. */
export function* tried<T extends Look>(look: () => Story<T>, about: About): Story<Look & { value?: T }> {
  try {
    const value = yield* look()
    return { findings: value.findings, value }
  } catch (error) {
    if (error instanceof Cancelled) throw error
    return { findings: [unreachable(about, error)] }
  }
}

/** What the app shall mend of what it found. */
function* operatorsWord(context: Context, board: Board, findings: readonly Finding[]): Story<Finding | undefined> {
  const before = board.status()
  board.show(findings)
  board.update({ waitingOn: 'people' })
  const shown = board.status().findings
  const retries = new Map(shown.map((finding) => [board.open(retryTask(finding)), finding]))
  const overridable = shown.filter((finding) => finding.overridable)
  const overrides = new Map(overridable.map((finding) => [board.open(overrideTask(finding)), finding]))
  const mendable = shown.filter(({ mend }) => mend !== undefined)
  const mends = new Map(mendable.map((finding) => [board.open(mendTask(finding)), finding]))

  const raised = yield* waitFor(context, board, [...retries.keys(), ...overrides.keys(), ...mends.keys()])
  const overridden = raised && overrides.get(raised.event)
  if (raised && overridden) {
    const { by, answer } = answered(context, overridden.code, raised)
    const { reason } = answer as { reason: string } // the route's schema demands it
    board.override({ code: overridden.code, requirement: overridden.requirement, by, reason, at: now(context) })
  }
  board.update({ tasks: before.tasks, findings: before.findings, waitingOn: before.waitingOn })
  return raised && mends.get(raised.event)
}

const isOverridden = (board: Board, finding: Finding): boolean =>
  finding.overridable && board.overrides.some((each) => each.code === finding.code)

const retryTask = (finding: Finding): { name: string; for: string; asks: string } => ({
  name: `retry-${finding.code}`,
  for: 'any operator',
  asks: 'Mend what the finding names, then retry.'
})

const mendTask = ({ code, mend = '' }: Finding): { name: string; for: string; asks: string } => ({
  name: `mend-${code}`,
  for: 'any operator',
  asks: mend
})

const overrideTask = (finding: Finding): { name: string; for: string; asks: string } => ({
  name: `override-${finding.code}`,
  for: 'any operator',
  asks: 'Go on although this does not hold; your name and reason are recorded.'
})

function unreachable(about: About, error: unknown): Finding {
  return {
    code: `unreachable-${about.code}`,
    requirement: about.requirement,
    resource: about.resource,
    observed: whyFailed(error),
    expected: 'Azure answers',
    remedy: 'Read what Azure said above, mend it if it is yours to mend (rights, network, quota), then retry.',
    overridable: false
  }
}
