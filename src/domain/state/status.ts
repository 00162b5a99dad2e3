import type { Task } from '../tasks/task.ts'
import { causesFirst } from '../terms/by-cause.ts'
import type { Finding } from '../terms/evidence.ts'
import type { FindingSince, OpenTask, State } from './state.ts'
import type { WayOn } from './ways-on.ts'

/**
 * An orchestration's custom status: a view of its state, made to fit. What routes need is always there: the chapter, what
 * it waits for and until when, every open task with its serial, the code of every finding that can be answered. Texts and
 * older entries are there as far as there is room for them.
 */
export interface OnboardingStatus
  extends Pick<
    State,
    | 'step'
    | 'waitingOn'
    | 'due'
    | 'wait'
    | 'registration'
    | 'proposals'
    | 'replaced'
    | 'outcome'
    | 'handOff'
    | 'nextLook'
    | 'idle'
    | 'halted'
  > {
  /** The newest takeovers. */
  readonly takeovers: State['takeovers']
  /** Without the ways on from findings, which stand with those. */
  readonly tasks: readonly StatusTask[]
  readonly findings: readonly StatusFinding[]
  /** How many more findings wait their turn. */
  readonly moreFindings?: number
  readonly steps: State['steps']
  /** How many older steps found no room. */
  readonly earlierSteps?: number
  readonly answers: State['answers']
  readonly earlierAnswers?: number
}

/** `asks` is absent where it found no room. */
export type StatusTask = Pick<OpenTask, 'task' | 'serial' | 'since' | 'optional'> &
  Partial<Pick<OpenTask, 'for' | 'asks'>>

/** The ways on from a finding, each with its serial. */
export interface StatusWays {
  readonly retry: number
  readonly override?: number
  readonly mend?: number
}

/** A finding by its check, code and resource; its other texts are absent where they found no room. */
export interface StatusFinding
  extends Pick<Finding, 'check' | 'code' | 'requirement' | 'resource'>,
    Partial<Omit<Finding, 'check' | 'code' | 'requirement' | 'resource'>> {
  readonly since: string
  readonly ways: StatusWays
}

/**
 * Custom status may have 16 KB, which the extension counts in UTF-16 code units: 8,192. A status that is larger ends its
 * instance as failed.
 */
export const roomOfStatus = 8_150

/** So many findings can be answered at a time: with their codes and ways, the core of a status fits whatever else is in it. */
export const mostFindings = 10

/** A few of the newest takeovers tell what happens; the ledger has all. */
const mostTakeovers = 3

/** The status of a state, within `room` UTF-16 code units of JSON. */
export function statusOf(state: State, room = roomOfStatus): OnboardingStatus {
  const whole = wholeStatus(state)
  return size(whole) <= room ? whole : fitted(whole, room)
}

/** The findings that can be answered now; the others wait their turn. */
export const answerable = ({ findings }: Pick<State, 'findings'>): readonly FindingSince[] =>
  causesFirst(findings).slice(0, mostFindings)

function wholeStatus(state: State): OnboardingStatus {
  const { step, waitingOn, due, wait, registration, outcome, handOff, findings, nextLook, idle, halted } = state
  const more = findings.length - mostFindings
  return {
    step,
    waitingOn: findings.length > 0 ? 'people' : waitingOn,
    ...(due !== undefined && { due }),
    ...(wait && { wait }),
    ...(nextLook !== undefined && { nextLook }),
    ...(idle && { idle }),
    ...(halted !== undefined && { halted }),
    takeovers: state.takeovers.slice(-mostTakeovers),
    ...(registration && { registration }),
    proposals: state.proposals,
    replaced: state.replaced,
    ...(outcome && { outcome }),
    ...(handOff && { handOff }),
    tasks: state.tasks.filter(({ task }) => !isWayOn(task)),
    findings: answerable(state).map((finding) => ({ ...finding, ways: waysOf(state, finding.code) })),
    ...(more > 0 && { moreFindings: more }),
    steps: state.steps,
    answers: state.answers
  }
}

const isWayOn = ({ kind }: Task): boolean => wayKinds.some((each) => each === kind)

function waysOf({ tasks }: State, code: string): StatusWays {
  const serialOf = (kind: WayOn['kind']): number | undefined =>
    tasks.find(({ task }) => task.kind === kind && task.code === code)?.serial
  const [override, mend] = [serialOf('override'), serialOf('mend')]
  return {
    retry: serialOf('retry') ?? 0,
    ...(override !== undefined && { override }),
    ...(mend !== undefined && { mend })
  }
}

/** First the core alone; then what fits of the rest, the most needed first. */
function fitted(whole: OnboardingStatus, room: number): OnboardingStatus {
  const bare: OnboardingStatus = {
    ...whole,
    ...(whole.registration && { registration: shortStates(whole.registration) }),
    ...(whole.wait && { wait: { ...shortWait(whole.wait), said: '' } }),
    tasks: whole.tasks.map(({ for: _, asks: __, ...core }) => core),
    findings: whole.findings.map(({ check, code, requirement, resource, since, ways }) => ({
      check,
      code,
      requirement,
      resource: shortLine(resource, 60),
      since,
      ways
    })),
    takeovers: [],
    steps: [],
    answers: [],
    earlierSteps: whole.steps.length,
    earlierAnswers: whole.answers.length
  }
  return withAnswers(withSteps(withFindings(withTasks(withWait({ status: bare, whole, room }))))).status
}

/** A status on its way, and what it is made of. */
interface StatusFit {
  readonly status: OnboardingStatus
  readonly whole: OnboardingStatus
  readonly room: number
}

/** The change, where it fits; otherwise what was. */
function tried(fitting: StatusFit, change: Partial<OnboardingStatus>): StatusFit {
  const status = { ...fitting.status, ...change }
  return size(status) <= fitting.room ? { ...fitting, status } : fitting
}

/** Azure's last words. */
const withWait = (fitting: StatusFit): StatusFit =>
  fitting.whole.wait ? tried(fitting, { wait: shortWait(fitting.whole.wait) }) : fitting

/**
 * For what each task asks, then of whom, which the plan tells too. A text cut short may be a command that is none: it is whole
 * or absent.
 */
function withTasks(fitting: StatusFit): StatusFit {
  return (['asks', 'for'] as const).reduce(
    (each, text) =>
      fitting.whole.tasks.reduce((now, task, at) => {
        const said = task[text]
        return said === undefined ? now : tried(now, putTask(now, at, { [text]: said }))
      }, each),
    fitting
  )
}

const putTask = ({ status }: StatusFit, at: number, task: Partial<StatusTask>): Pick<OnboardingStatus, 'tasks'> => ({
  tasks: status.tasks.map((each, index) => (index === at ? { ...each, ...task } : each))
})

/** A finding's texts belong together: what was seen without what to do would only frighten. */
function withFindings(fitting: StatusFit): StatusFit {
  return fitting.whole.findings.reduce(
    (now, finding, at) =>
      tried(now, { findings: now.status.findings.map((each, index) => (index === at ? finding : each)) }),
    fitting
  )
}

/** The newest first; one that finds no room keeps all before it out, so that no gap is shown as none. */
function withSteps(fitting: StatusFit): StatusFit {
  const { steps } = fitting.whole
  const count = mostThatFit(steps.length, (kept) => fits(fitting, stepsShown(steps, kept)))
  return { ...fitting, status: { ...fitting.status, ...stepsShown(steps, count) } }
}

const stepsShown = (steps: OnboardingStatus['steps'], kept: number) => ({
  steps: steps.slice(steps.length - kept),
  earlierSteps: steps.length - kept
})

function withAnswers(fitting: StatusFit): StatusFit {
  const { answers } = fitting.whole
  const count = mostThatFit(answers.length, (kept) => fits(fitting, answersShown(answers, kept)))
  return { ...fitting, status: { ...fitting.status, ...answersShown(answers, count) } }
}

const answersShown = (answers: OnboardingStatus['answers'], kept: number) => ({
  answers: answers.slice(answers.length - kept),
  earlierAnswers: answers.length - kept
})

const fits = ({ status, room }: StatusFit, change: Partial<OnboardingStatus>): boolean =>
  size({ ...status, ...change }) <= room

/** The largest number up to `most` for which it holds; 0 is taken to. */
function mostThatFit(most: number, holds: (count: number) => boolean): number {
  let [low, high] = [0, most]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle - 1
  }
  return low
}

const shortWait = ({ what, said, ...moments }: NonNullable<State['wait']>): NonNullable<State['wait']> => ({
  what: shortLine(what, 80),
  said: shortLine(said, 160),
  ...moments
})

/** JSON writes a control character as six. */
const shortLine = (text: string, length: number): string => text.slice(0, length).replaceAll(/\p{Cc}/gu, ' ')

/** Azure's words for a state are short; whatever else it sends must not crowd out what people have to answer. */
function shortStates(registration: NonNullable<State['registration']>): NonNullable<State['registration']> {
  const [first, second] = registration.states
  return { ...registration, states: [first.slice(0, 40), second.slice(0, 40)] }
}

const size = (status: object): number => JSON.stringify(status).length

/** Every open task of a status: those that stand by themselves, and the ways on from findings. */
export function openTasks({ tasks, findings }: Pick<OnboardingStatus, 'tasks' | 'findings'>): readonly StatusTask[] {
  const ways = wayKinds.flatMap((kind) =>
    findings.flatMap(({ code, since, ways: serials }) => {
      const serial = serials[kind]
      return serial === undefined ? [] : [{ task: { kind, code }, serial, since }]
    })
  )
  return [...ways, ...tasks]
}

const wayKinds = ['retry', 'override', 'mend'] as const satisfies readonly WayOn['kind'][]
