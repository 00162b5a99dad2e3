import type { OnboardingInput, OnboardingOutcome } from '../domain/onboarding.ts'
import type { OnboardingStatus } from '../domain/progress.ts'
import type { Instance } from './durable-client.ts'

export const states = ['running', 'completed', 'cancelled', 'failed'] as const
export type OnboardingState = (typeof states)[number]

/** One onboarding as the API shows it. Event names and instance ids of its branches stay inside. */
export function documentOf(instance: Instance, branches: readonly Instance[] = []) {
  const { requestId, request, plan, startedBy } = instance.input as OnboardingInput
  const statuses = [instance, ...branches].flatMap((each) => statusOf(each) ?? [])
  const [own] = statuses
  return {
    id: requestId,
    organization: request.organization,
    planDigest: plan.digest,
    startedAt: instance.createdAt,
    startedBy,
    status: stateOf(instance),
    step: own?.step ?? 'preflight',
    waitingOn: waitingOn(statuses),
    due: own?.due ?? null,
    registration: own?.registration ?? null,
    steps: own?.steps ?? [],
    tasks: statuses.flatMap((status) => status.tasks).map(({ event: _, instance: __, ...task }) => task),
    findings: statuses.flatMap((status) => status.findings).map(({ instance: _, ...finding }) => finding),
    handOff: own?.handOff ?? null
  }
}

/** One row of the list. */
export function rowOf(instance: Instance, branches: readonly Instance[]) {
  const { id, organization, status, waitingOn: who, due } = documentOf(instance, branches)
  return { id, organization, status, waitingOn: who, due }
}

/** The custom status; undefined before the first turn. */
export const statusOf = (instance: Instance): OnboardingStatus | undefined =>
  (instance.customStatus as OnboardingStatus | null) ?? undefined

export function stateOf(instance: Instance): OnboardingState {
  if (instance.state === 'live') return 'running'
  if (instance.state !== 'completed') return instance.state === 'failed' ? 'failed' : 'cancelled'
  return (instance.output as OnboardingOutcome).outcome
}

function waitingOn(statuses: readonly OnboardingStatus[]): OnboardingStatus['waitingOn'] {
  return statuses.find((status) => status.waitingOn === 'people')?.waitingOn ?? statuses[0]?.waitingOn ?? 'azure'
}
