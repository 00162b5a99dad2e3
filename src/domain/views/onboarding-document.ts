import { chapterIndex } from '../state/chapters.ts'
import { isAmongReplaced, planNow, type Replacement } from '../plan/replacements.ts'
import type { Deployment } from '../plan/deployment.ts'
import type { Plan } from '../plan/plan.ts'
import type { Takeover } from '../state/state.ts'
import { openTasks, type OnboardingStatus, type StatusFinding, type StatusTask } from '../state/status.ts'
import { findingTexts, questionTexts } from '../state/fallback-texts.ts'
import type { SweepReport } from '../backups/sweep.ts'
import { alwaysOpen } from '../ledger/standing.ts'
import { takeoverText } from '../ledger/takeover-texts.ts'
import { lineOf } from '../tasks/said.ts'
import { taskName } from '../tasks/task.ts'
import { askedOf } from '../tasks/task-kinds.ts'
import { changesOf, type PeopleOfPlan } from '../tasks/whom.ts'
import { allAnswers } from './all-answers.ts'
import type { AnsweredLine, OnboardingDocument, OnboardingState } from './documents.ts'

/** What is known of an onboarding from outside: what it was started with, and what its parts show of themselves. */
export interface OnboardingParts {
  readonly requestId: string
  readonly plan: Plan
  readonly startedBy: string
  readonly state: OnboardingState
  readonly own: Part
  /** Its vault set-ups that are known, those that have ended included, by vault name. */
  readonly branches: ReadonlyMap<string, Part>
  /** What people said, as the ledger has it, oldest first; parts of it that were not asked for stand in the statuses. */
  readonly said: readonly AnsweredLine[]
  /** When new instances took the onboarding over, and why: codes. Those of its vaults stand in their statuses. */
  readonly takeovers: readonly Takeover[]
  /** What the newest sweep saw, once there may be keys. */
  readonly sweep?: SweepReport | undefined
  /** Mails that did not arrive, and that no story told of any more: it had ended. */
  readonly lostMails?: readonly { readonly letter: string; readonly at: string }[]
}

/** One orchestration: moments are ISO 8601 UTC, `status` is undefined before its first turn. */
export interface Part {
  readonly createdAt: string
  readonly updatedAt: string
  readonly state: 'live' | 'completed' | 'failed' | 'terminated'
  readonly status: OnboardingStatus | undefined
}

/** One onboarding as the API and the page show it. Pure: serials, events and ids of its branches stay inside. */
export function documentOf(known: OnboardingParts): OnboardingDocument {
  const { requestId, plan, startedBy, state, own, branches } = known
  const { sla } = plan.deployment
  const parts = [own, ...branches.values()]
  const statuses = parts.flatMap((part) => (part === own || part.state === 'live' ? (part.status ?? []) : []))
  const planOfNow = planOf(known)
  return {
    id: requestId,
    organization: plan.organization,
    purpose: plan.purpose,
    planDigest: plan.digest,
    startedAt: own.createdAt,
    startedBy,
    lastChangedAt: lastChangeOf(known),
    zone: sla.zone,
    sla: shownSla(sla),
    status: state,
    waitingOn: state === 'running' ? waitingOn(statuses) : 'nobody',
    ...chronicleOf(own.status, known.lostMails),
    waits: statuses.flatMap(({ wait }) => (wait ? [{ ...wait }] : [])),
    slots: planOfNow.slots.map(slotOf),
    changes: planOfNow.changes.map((each) => ({ ...each })),
    policies: policiesOf(known),
    tasks: state === 'running' ? withEnds(tasksOf(statuses, planOfNow), known, planOfNow) : [],
    answers: allAnswers(known.said, takenOf(parts)),
    halted: own.status?.halted ? { by: own.status.halted.by, at: own.status.halted.at } : null,
    takeovers: takeoversOf(known),
    findings: statuses.flatMap(({ findings }) => findings.map(findingOf)),
    backups: backupsOf(known)
  }
}

/** The plan, with those who act for it now and who is about to. */
export function planOf({ plan, own, branches }: Pick<OnboardingParts, 'plan' | 'own' | 'branches'>): PlanOfNow {
  const replaced = replacedIn({ own, branches })
  return { ...planNow(plan, replaced), changes: changesOf(own.status?.proposals ?? [], replaced) }
}

export type PlanOfNow = Plan & Required<Pick<PeopleOfPlan, 'changes'>>

/** Who acts in whose place: branches hear of it before the onboarding does. */
export const replacedIn = ({ own, branches }: Pick<OnboardingParts, 'own' | 'branches'>): readonly Replacement[] =>
  [own, ...branches.values()]
    .flatMap(({ status }) => status?.replaced ?? [])
    .filter((each, index, all) => !isAmongReplaced(all.slice(0, index), each))

const takenOf = (parts: readonly Part[]): AnsweredLine[] =>
  parts.flatMap(({ status }) => status?.answers ?? []).map(lineOf)

function takeoversOf({ takeovers, branches }: OnboardingParts): OnboardingDocument['takeovers'] {
  const ofVaults = [...branches].flatMap(([vaultName, { status }]) =>
    (status?.takeovers ?? []).map(({ at, why }) => ({ at, because: takeoverText(why), vaultName }))
  )
  const own = takeovers.map(({ at, why }) => ({ at, because: takeoverText(why) }))
  return [...own, ...ofVaults].toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

/** To end and to halt it is open from its first moment, whatever is shown of it. */
function withEnds(
  tasks: OnboardingDocument['tasks'],
  { own }: OnboardingParts,
  plan: Plan
): OnboardingDocument['tasks'] {
  const missing = alwaysOpen.filter((kind) => !tasks.some(({ name }) => name === taskName({ kind })))
  const added = missing.map((kind) => ({
    name: taskName({ kind }),
    since: own.createdAt,
    for: questionTexts({ kind }, [], plan).for,
    asks: askedOf({ kind }, {}),
    optional: true
  }))
  return [...tasks, ...added]
}

/** What several branches ask alike is one task: whoever answers it answers them all. */
function tasksOf(statuses: readonly OnboardingStatus[], plan: Plan): OnboardingDocument['tasks'] {
  const all = statuses.flatMap((status) => openTasks(status).map((task) => taskOf(task, status, plan)))
  return all.filter(({ name }, index) => all.findIndex((each) => each.name === name) === index)
}

function taskOf(awaited: StatusTask, { findings }: OnboardingStatus, plan: Plan): OnboardingDocument['tasks'][number] {
  const { task, since, optional } = awaited
  const texts = questionTexts(task, findings, plan)
  return {
    name: taskName(task),
    since,
    for: awaited.for ?? texts.for,
    asks: awaited.asks ?? texts.asks,
    ...(optional === true && { optional })
  }
}

function findingOf(finding: StatusFinding): OnboardingDocument['findings'][number] {
  const { ways: _, ...shown } = { ...findingTexts(finding), ...finding }
  return shown
}

/** Its keys among those that a sweep saw. */
function backupsOf({ plan, sweep }: OnboardingParts): OnboardingDocument['backups'] {
  const own = new Set(plan.policies.flatMap(({ vaults }) => vaults.map(({ vaultName }) => vaultName)))
  return (sweep?.widest ?? []).filter(({ vaultName }) => own.has(vaultName)).map((watch) => ({ ...watch }))
}

/** Before its first turn an onboarding shows nothing of itself. */
const chronicleOf = (status: OnboardingStatus | undefined, lost: OnboardingParts['lostMails'] = []) => ({
  step: status?.step ?? 'preflight',
  due: status?.due ?? null,
  registration: status?.registration ? shownRegistration(status.registration) : null,
  steps: [
    ...(status?.steps ?? []).map((each) => ({ ...each, requirements: [...each.requirements] })),
    ...lost.map(({ letter, at }) => ({
      step: status?.step ?? 'preflight',
      title: 'Mail',
      at,
      detail: `${letter} did not arrive`,
      requirements: []
    }))
  ],
  handOff: status?.handOff ? { ...status.handOff } : null
})

const shownSla = ({ businessDays, extraHolidays, removedHolidays }: Deployment['sla']) => ({
  businessDays,
  extraHolidays: [...extraHolidays],
  removedHolidays: [...removedHolidays]
})

const slotOf = ({ slot, subscriptionId, region, operators }: Plan['slots'][number]) => ({
  slot,
  subscriptionId,
  region,
  operators: [...operators]
})

/** When something happened; that an instance looked and found nothing is no change. */
function lastChangeOf({ own, branches, said, takeovers, state }: OnboardingParts): string {
  const ofParts = [own, ...branches.values()].flatMap((part) => [
    part.createdAt,
    ...(part.status ? momentsOf(part.status) : []),
    ...(part.state === 'live' ? [] : [part.updatedAt])
  ])
  const ofLedger = [...said.map(({ judgedAt, at }) => judgedAt ?? at), ...takeovers.map(({ at }) => at)]
  return latest([...ofParts, ...ofLedger, ...(state === 'running' ? [] : [own.updatedAt])])
}

const momentsOf = ({ steps, tasks, findings, answers, registration, halted }: OnboardingStatus): string[] => [
  ...[...steps, ...answers, ...(halted ? [halted] : [])].map(({ at }) => at),
  ...[...tasks, ...findings].map(({ since }) => since),
  ...(registration ? [registration.mailedAt, registration.acknowledgedAt ?? '', registration.breachedAt ?? ''] : [])
]

const latest = (moments: readonly string[]): string => moments.reduce((last, each) => (each > last ? each : last), '')

const shownRegistration = ({ states: [first, second], ...rest }: NonNullable<OnboardingStatus['registration']>) => ({
  ...rest,
  states: [first, second] as [string, string]
})

function waitingOn(statuses: readonly OnboardingStatus[]): OnboardingStatus['waitingOn'] {
  return statuses.find((status) => status.waitingOn === 'people')?.waitingOn ?? statuses[0]?.waitingOn ?? 'azure'
}

/** Where each vault of each policy stands. */
function policiesOf({ plan, own, branches }: OnboardingParts): OnboardingDocument['policies'] {
  const allMade = chapterIndex(own.status?.step ?? 'preflight') > chapterIndex('vaults-and-keys')
  return plan.policies.map(({ id, workload, vaults }) => ({
    id,
    workload,
    vaults: vaults.map(({ slot, vaultName }) => ({ slot, vaultName, ...progressOf(branches.get(vaultName), allMade) }))
  }))
}

type VaultProgress = OnboardingDocument['policies'][number]['vaults'][number]

function progressOf(branch: Part | undefined, allMade: boolean): Pick<VaultProgress, 'state' | 'since' | 'until'> {
  if (!branch) return { state: allMade ? 'done' : 'planned', since: null, until: null }
  const { state, createdAt: since, updatedAt: until, status } = branch
  if (state !== 'live') return { state: state === 'completed' ? 'done' : 'finding', since, until }
  return { state: (status?.findings.length ?? 0) > 0 ? 'finding' : 'working', since, until: null }
}
