import { describeWait, formatMoment, type Calendar } from '../../src/domain/calendar/business-calendar.ts'
import { planSummary } from '../../src/domain/plan/plan-workloads.ts'
import { testMark } from '../../src/domain/terms/choices.ts'
import { partyName } from '../../src/domain/people/parties.ts'
import { shortDigest } from '../../src/domain/plan/plan-digest.ts'
import type { Plan } from '../../src/domain/plan/plan.ts'
import { standsOf } from '../../src/domain/views/shown-task.ts'
import { countOf } from '../../src/domain/terms/words.ts'
import type { FindingView, OnboardingView, StepView } from './onboarding-view.ts'

export type Say = (line: string) => void

interface Line {
  readonly at: string
  readonly mark: '✓' | '●' | '✗'
  readonly title: string
  readonly detail: string
  readonly requirements: readonly string[]
}

const short = (id: string): string => (id.length > 12 ? `${id.slice(0, 4)}…${id.slice(-4)}` : id)

export function narratePlan(say: Say, plan: Plan): void {
  const { policies, vaults, keys } = planSummary(plan)
  const summary = [
    plan.organization.domain,
    countOf(policies, 'policy').replace('policys', 'policies'),
    '2 subscriptions',
    countOf(vaults, 'vault'),
    countOf(keys, 'key')
  ]
  if (plan.purpose === 'test') say(`  ${testMark}`)
  say(`  Plan  ${summary.join(' · ')}          digest ${shortDigest(plan.digest)}`)
  for (const { slot, subscriptionId, operators, region } of plan.slots) {
    say(
      `    slot ${String(slot)}  ${short(subscriptionId)}   operators ${operators.map(partyName).join(', ')}   identity ck-slot${String(slot)}   ${region}`
    )
  }
  const widest = Math.max(...plan.policies.map((policy) => policy.id.length))
  const shown = plan.policies.length > 6 ? plan.policies.slice(0, 5) : plan.policies
  for (const {
    id,
    vaults: [first, second]
  } of shown) {
    say(
      `    ${id.padEnd(widest)}   ${first.vaultName} · ${second.vaultName}   ${plan.sku === 'premium' ? 'RSA-HSM' : 'software RSA'} ${String(plan.keySize)}`
    )
  }
  if (shown.length < plan.policies.length)
    say(`    … and ${String(plan.policies.length - shown.length)} more like these`)
  say('  Cannot be undone later:')
  for (const choice of plan.irreversible) say(`    · ${choice}`)
  say('  Know before you approve:')
  for (const { id, title } of plan.notices) say(`    · ${title}   ${id}`)
  say('')
}

/** Minutes are no news. */
const isLong = ({ since, nextLook }: OnboardingView['waits'][number]): boolean =>
  Date.parse(nextLook) - Date.parse(since) >= 10 * 60_000

/** Prints what has become new since the last look, each line once, with its simulated date. */
export class Narrator {
  readonly #say: Say
  readonly #calendar: Calendar
  readonly #seen = new Set<string>()

  constructor(say: Say, calendar: Calendar) {
    this.#say = say
    this.#calendar = calendar
  }

  tell(view: OnboardingView): void {
    view.steps.forEach((step, index) => this.#once(`step ${String(index)}`, () => this.#stepLine(step)))
    for (const finding of view.findings) this.#once(`finding ${finding.code}`, () => this.#findingLines(finding))
    for (const task of view.tasks.filter((each) => !each.optional && standsOf(each) !== 'with-finding')) {
      this.#once(`task ${task.name} ${task.asks}`, () => [
        this.#line({
          at: task.since,
          mark: '●',
          title: 'Your turn',
          detail: `${task.name}: ${task.asks}`,
          requirements: []
        })
      ])
    }
    for (const { what, since, said } of view.waits.filter(isLong)) {
      this.#once(`azure ${what} ${since}`, () => [
        this.#line({ at: since, mark: '●', title: 'Azure', detail: `waiting for ${what}: ${said}`, requirements: [] })
      ])
    }
    const { registration } = view
    if (view.step !== 'waiting-on-microsoft' || !registration) return
    this.#once(`wait ${registration.dueAt}`, () => {
      const due = formatMoment(registration.dueAt, this.#calendar.zone)
      const why = describeWait(registration.mailedAt, registration.dueAt, this.#calendar)
      return [
        this.#line({
          at: registration.mailedAt,
          mark: '●',
          title: 'Microsoft',
          detail: `waiting, due ${due} (${why})`,
          requirements: ['R25']
        })
      ]
    })
  }

  /** The running line: what goes on right now. */
  nowLine({ step, waitingOn }: OnboardingView, now: string): string {
    const turn = waitingOn === 'azure' ? 'working' : `waiting on ${waitingOn}`
    return this.#line({ at: now, mark: '●', title: step, detail: turn, requirements: [] })
  }

  #stepLine(step: StepView): string[] {
    return [this.#line({ ...step, mark: '✓' })]
  }

  #findingLines({ code, requirement, resource, observed, expected, remedy, since }: FindingView): string[] {
    return [
      this.#line({
        at: since,
        mark: '✗',
        title: 'Finding',
        detail: `${code} · ${resource}`,
        requirements: [requirement]
      }),
      `                        observed ${observed}; expected ${expected}`,
      `                        ${remedy}`
    ]
  }

  #line({ at, mark, title, detail, requirements }: Line): string {
    const when = formatMoment(at, this.#calendar.zone).padEnd(16)
    return `  ${when}  ${mark} ${title.padEnd(18)} ${detail}   ${requirements.join(' ')}`.trimEnd()
  }

  #once(key: string, lines: () => readonly string[]): void {
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    for (const line of lines()) this.#say(line)
  }
}
