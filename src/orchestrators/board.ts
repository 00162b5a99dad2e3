import type { Finding, Override, Requirement } from '../domain/terms/evidence.ts'
import type { FindingAt, OnboardingStatus, OpenTask } from '../domain/state/progress.ts'
import type { AnsweredTask } from '../domain/tasks/tasks.ts'
import { eventName } from '../names.ts'
import type { Beside } from './question.ts'
import { instanceId, now, setStatus, type Context } from './durable.ts'

/**
 * Custom status stays under 16 KB, which the extension counts in UTF-16: 8,192 characters. Findings that find no room
 * beside the rest, their tasks included, wait their turn.
 */
const roomForAll = 7_600
const roomForItsTasks = 700
/** For each question that stands beside a wait. */
const roomBesideIt = 280
/** Older answers stand in the hand-off and in history. */
const mostAnswers = 16
const longestText = 400
/** A remedy is a command to run: cut short it is none. */
const longestRemedy = 800

/** What one orchestration shows of itself, and the serials of its waits. Every change is written to the custom status. */
export interface Board {
  readonly overrides: readonly Override[]
  /** What stands beside every wait; a chapter that opens more sets it anew. */
  beside: readonly Beside[]
  /** Why the last answer to a question beside was not taken, by its name. */
  readonly refusals: Map<string, string | undefined>
  readonly status: () => OnboardingStatus
  update(change: Partial<OnboardingStatus>): void
  done(title: string, detail: string, requirements: readonly Requirement[]): void
  /** Opens a task under a new serial and returns the event that answers it. */
  open(task: Omit<OpenTask, 'event' | 'instance' | 'since'>): string
  /** A wait that no person answers, e.g. for a change in Azure. */
  serialOf(name: string): string
  closeAll(): void
  close(name: string): void
  show(findings: readonly Finding[]): void
  override(...records: readonly Override[]): void
  /** Keeps who answered what, for whoever looks. */
  heard(answer: AnsweredTask): void
}

export function createBoard(context: Context, start: OnboardingStatus): Board {
  const serials = new Map<string, number>()
  const overrides: Override[] = []
  let status = start

  const update = (change: Partial<OnboardingStatus>): void => {
    status = { ...status, ...change }
    setStatus(context, status)
  }
  const serialOf = (name: string): string => {
    const serial = (serials.get(name) ?? 0) + 1
    serials.set(name, serial)
    return eventName(name, serial)
  }
  setStatus(context, status)
  const board: Board = {
    overrides,
    beside: [],
    refusals: new Map(),
    status: () => status,
    update,
    serialOf,
    done: (title, detail, requirements) =>
      update({ steps: [...status.steps, { step: status.step, title, at: now(context), detail, requirements }] }),
    open: (task) => {
      const event = serialOf(task.name)
      update({ tasks: [...status.tasks, { ...task, event, instance: instanceId(context), since: now(context) }] })
      return event
    },
    close: (name) => update({ tasks: status.tasks.filter((task) => task.name !== name) }),
    closeAll: () => update({ tasks: [], findings: [] }),
    show: (findings) => {
      const free = roomBeside(status) - board.beside.length * roomBesideIt
      update({
        findings: fitting(
          findings.map((each) => shown(context, each)),
          free
        )
      })
    },
    override: (...records) => overrides.push(...records),
    heard: ({ task, by, at }) => update({ answers: [...(status.answers ?? []), { task, by, at }].slice(-mostAnswers) })
  }
  return board
}

const roomBeside = (status: OnboardingStatus): number => roomForAll - JSON.stringify({ ...status, findings: [] }).length

/** The first ones that there is room for; always one. */
function fitting(findings: readonly FindingAt[], free: number): FindingAt[] {
  let room = free
  return findings.filter((finding, index) => {
    room -= JSON.stringify(finding).length + roomForItsTasks
    return index === 0 || room >= 0
  })
}

function shown(context: Context, finding: Finding): FindingAt {
  return {
    ...finding,
    observed: finding.observed.slice(0, longestText),
    expected: finding.expected.slice(0, longestText),
    remedy: finding.remedy.slice(0, longestRemedy),
    instance: instanceId(context),
    since: now(context)
  }
}
