import { describeWait, formatMoment, type Calendar } from '../../src/domain/calendar/business-calendar.ts'
import { standsOf } from '../../src/domain/views/shown-task.ts'
import type { FindingView, OnboardingView, StepView } from './onboarding-view.ts'
import type { Telling } from './narrate-plan.ts'
import { wrapped } from '../../src/domain/terms/wrapped.ts'

export type Say = (line: string) => void

/** What happened, of which kind: the marks that page and `ckey` have. */
type Mark = '✓' | '▸' | '✗' | '!'

interface Line {
  readonly at: string
  readonly mark: Mark
  readonly title: string
  readonly detail: string
  readonly requirements?: readonly string[]
}

/** Where what is said of a step begins. */
const detailColumn = 32

/** Minutes are no news. */
const isLong = ({ since, nextLook }: OnboardingView['waits'][number]): boolean =>
  Date.parse(nextLook) - Date.parse(since) >= 10 * 60_000

/** Prints what has become new since the last look, each line once, under its simulated day. */
export class Narrator {
  readonly #say: Say
  readonly #calendar: Calendar
  readonly #telling: Telling
  readonly #seen = new Set<string>()
  #day = ''

  constructor(say: Say, calendar: Calendar, telling: Telling) {
    this.#say = say
    this.#calendar = calendar
    this.#telling = telling
  }

  tell(view: OnboardingView): void {
    for (const [index, step] of view.steps.entries())
      this.#once(`step ${String(index)}`, () => this.#tell(lineOf(step)))
    for (const finding of view.findings) this.#once(`finding ${finding.code}`, () => this.#tellFinding(finding))
    this.#tellTasks(view)
    for (const { what, since, said } of view.waits.filter(isLong)) {
      const line = { at: since, mark: '▸', title: 'Azure', detail: `waiting for ${what}: ${said}` } as const
      this.#once(`azure ${what} ${since}`, () => this.#tell(line))
    }
    const { registration } = view
    if (view.step !== 'waiting-on-microsoft' || !registration) return
    const { mailedAt, dueAt } = registration
    this.#once(`wait ${dueAt}`, () => {
      const due = formatMoment(dueAt, this.#calendar.zone)
      const detail = `due ${due} (${describeWait(mailedAt, dueAt, this.#calendar)})`
      this.#tell({ at: mailedAt, mark: '▸', title: 'Microsoft', detail, requirements: ['R25'] })
    })
  }

  /** The running line: what goes on right now. */
  nowLine({ step, waitingOn }: OnboardingView, now: string): string {
    const turn = waitingOn === 'azure' ? 'working' : `waiting on ${waitingOn}`
    return `  ${formatMoment(now, this.#calendar.zone)}  ${step}: ${turn}`
  }

  /** Those that came at one moment in one line: what each asks for stands on the page, in `ckey` and in a mail. */
  #tellTasks(view: OnboardingView): void {
    const fresh = view.tasks.filter(
      (task) => task.optional !== true && standsOf(task) !== 'with-finding' && !this.#seen.has(keyOf(task))
    )
    for (const at of new Set(fresh.map(({ since }) => since))) {
      const tasks = fresh.filter(({ since }) => since === at)
      for (const task of tasks) this.#seen.add(keyOf(task))
      this.#tell({ at, mark: '▸', title: 'Your turn', detail: namesOf(tasks.map(({ name }) => name)) })
    }
  }

  #tellFinding({ code, requirement, resource, observed, expected, remedy, since }: FindingView): void {
    this.#tell({ at: since, mark: '✗', title: 'Finding', detail: `${code} · ${resource}`, requirements: [requirement] })
    for (const text of [`observed ${observed}; expected ${expected}`, remedy])
      for (const line of wrapped(' '.repeat(detailColumn), text, this.#telling.columns)) this.#say(line)
  }

  #tell({ at, mark, title, detail, requirements = [] }: Line): void {
    const moment = formatMoment(at, this.#calendar.zone)
    const time = moment.slice(-5)
    const day = `${moment.slice(0, -6)} ${yearOf(at, this.#calendar.zone)}`
    if (day !== this.#day) this.#say(`  ${day}`)
    this.#day = day
    const told =
      this.#telling.requirements && requirements.length > 0 ? `${detail} (${requirements.join(' ')})` : detail
    const first = `    ${time}  ${mark} ${title}`.padEnd(detailColumn)
    for (const line of wrapped(first, told, this.#telling.columns)) this.#say(line)
  }

  #once(key: string, tell: () => void): void {
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    tell()
  }
}

type TaskView = OnboardingView['tasks'][number]

const keyOf = ({ name, asks }: TaskView): string => `task ${name} ${asks}`

const mostNames = 6

function namesOf(names: readonly string[]): string {
  const shown = names.length > mostNames ? names.slice(0, mostNames - 1) : names
  const left = names.length - shown.length
  return [...shown, ...(left === 0 ? [] : [`and ${String(left)} more`])].join(', ')
}

/** A warning’s first sentence: all of it stands in the plan. */
function lineOf(step: StepView): Line {
  const isWarning = step.title === 'Warning'
  return {
    ...step,
    mark: isWarning ? '!' : '✓',
    detail: isWarning ? `${step.detail.split('. ')[0] ?? ''}.` : step.detail
  }
}

const yearOf = (iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(new Date(iso))
