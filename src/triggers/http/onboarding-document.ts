import type { OnboardingDocument } from '../../domain/views/documents.ts'
import type { OnboardingInput } from '../../contracts/orchestrations.ts'
import { isAmongReplaced, planNow, type Replacement } from '../../domain/plan/replacements.ts'
import type { OnboardingStatus } from '../../domain/state/progress.ts'
import type { SweepReport } from '../../domain/backups/sweep.ts'
import type { InstanceOf } from '../durable-client.ts'
import { policiesOf } from './policy-progress.ts'

type Onboarding = InstanceOf<'onboarding'>
type Branch = InstanceOf<'vaultSetUp'>

export const states = ['running', 'completed', 'cancelled', 'failed'] as const
export type OnboardingState = (typeof states)[number]

/** One onboarding as the API shows it. Event names and instance ids of its branches stay inside. */
export function documentOf(
  instance: Onboarding,
  branches: readonly Branch[] = [],
  sweep?: SweepReport
): OnboardingDocument {
  const { requestId, request, plan, sla, startedBy } = instance.input
  const all = [instance, ...branches]
  const statuses = all.flatMap((each) => (each === instance || each.state === 'live' ? (statusOf(each) ?? []) : []))
  const own = statusOf(instance)
  const status = stateOf(instance)
  return {
    id: requestId,
    organization: request.organization,
    purpose: plan.purpose,
    planDigest: plan.digest,
    startedAt: instance.createdAt,
    startedBy,
    lastChangedAt: latest(all.map((each) => each.updatedAt)),
    zone: sla.zone,
    sla: shownSla(sla),
    status,
    waitingOn: status === 'running' ? waitingOn(statuses) : 'nobody',
    ...chronicleOf(own ?? unseen),
    slots: planOf(instance, branches).slots.map(slotOf),
    policies: policiesOf(instance, branches),
    tasks: tasksOf(statuses),
    answers: all.flatMap((each) => statusOf(each)?.answers ?? []).toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    findings: statuses.flatMap((each) => each.findings).map(({ instance: _, ...finding }) => finding),
    backups: backupsOf(plan, sweep)
  }
}

/** What several branches ask alike is one task: whoever answers it answers them all. */
const tasksOf = (statuses: readonly OnboardingStatus[]): OnboardingDocument['tasks'] =>
  statuses
    .flatMap((each) => each.tasks)
    .filter(({ name }, index, all) => all.findIndex((each) => each.name === name) === index)
    .map(({ event: _, instance: __, ...task }) => task)

/** Its keys among those that a sweep saw. */
function backupsOf(
  { policies }: OnboardingInput['plan'],
  sweep: SweepReport | undefined
): OnboardingDocument['backups'] {
  const own = new Set(policies.flatMap(({ vaults }) => vaults.map(({ vaultName }) => vaultName)))
  return (sweep?.widest ?? []).filter(({ vaultName }) => own.has(vaultName)).map((watch) => ({ ...watch }))
}

/** Before its first turn an onboarding shows nothing of itself. */
const unseen: OnboardingStatus = { step: 'preflight', waitingOn: 'azure', tasks: [], findings: [], steps: [] }

const chronicleOf = ({ step, due, registration, steps, handOff }: OnboardingStatus) => ({
  step,
  due: due ?? null,
  registration: registration ? shownRegistration(registration) : null,
  steps: steps.map((each) => ({ ...each, requirements: [...each.requirements] })),
  handOff: handOff ? { ...handOff } : null
})

const shownSla = ({ businessDays, extraHolidays, removedHolidays = [] }: OnboardingInput['sla']) => ({
  businessDays,
  extraHolidays: [...extraHolidays],
  removedHolidays: [...removedHolidays]
})

const slotOf = ({ slot, subscriptionId, region, operators }: OnboardingInput['plan']['slots'][number]) => ({
  slot,
  subscriptionId,
  region,
  operators: [...operators]
})

/** One row of the list. */
export function rowOf(instance: Onboarding, branches: readonly Branch[]) {
  const { id, organization, purpose, status, waitingOn: who, due } = documentOf(instance, branches)
  return { id, organization, purpose, status, waitingOn: who, due }
}

/** The plan, with those who act for it now. */
export const planOf = (instance: Onboarding, branches: readonly Branch[] = []): OnboardingInput['plan'] =>
  planNow(instance.input.plan, replacedIn(instance, branches))

/** Who acts in whose place: branches hear of it before the onboarding does. */
export const replacedIn = (instance: Onboarding, branches: readonly Branch[]): readonly Replacement[] =>
  [instance, ...branches]
    .flatMap((each) => statusOf(each)?.replaced ?? [])
    .filter((each, index, all) => !isAmongReplaced(all.slice(0, index), each))

/** The custom status; undefined before the first turn. */
export const statusOf = (instance: Onboarding | Branch): OnboardingStatus | undefined =>
  instance.customStatus ?? undefined

export function stateOf(instance: Onboarding): OnboardingState {
  if (instance.state === 'live') return 'running'
  if (instance.state !== 'completed') return instance.state === 'failed' ? 'failed' : 'cancelled'
  return instance.output.outcome
}

const latest = (moments: readonly string[]): string => moments.reduce((last, each) => (each > last ? each : last), '')

const shownRegistration = ({ states: [first, second], ...rest }: NonNullable<OnboardingStatus['registration']>) => ({
  ...rest,
  states: [first, second] as [string, string]
})

function waitingOn(statuses: readonly OnboardingStatus[]): OnboardingStatus['waitingOn'] {
  return statuses.find((status) => status.waitingOn === 'people')?.waitingOn ?? statuses[0]?.waitingOn ?? 'azure'
}
