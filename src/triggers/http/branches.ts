import { chapterIndex } from '../../domain/state/chapters.ts'
import type { SweepReport } from '../../domain/backups/sweep.ts'
import type { OnboardingInput } from '../../contracts/orchestrations.ts'
import { instanceIds } from '../../names.ts'
import type { Instance, Orchestrations } from '../durable-client.ts'
import { newestSweep } from '../timers/sweeps.ts'
import { refusal } from './http.ts'
import { statusOf } from './onboarding-document.ts'

export interface Family {
  readonly onboarding: Instance
  /** While it makes vaults: its vault set-ups, those that have ended included. */
  readonly branches: readonly Instance[]
  /** What the newest sweep saw, once there may be keys. */
  readonly sweep: SweepReport | undefined
}

/** An onboarding by itself; 404 where there is none of that id. */
export async function onboardingOf(orchestrations: Orchestrations, requestId: string): Promise<Instance> {
  const onboarding = await orchestrations.find(instanceIds.onboarding(requestId))
  if (onboarding) return onboarding
  throw refusal({
    status: 404,
    code: 'no-such-onboarding',
    title: `There is no onboarding "${requestId}"`,
    detail: 'Look at GET /api/onboardings for those there are.'
  })
}

/** An onboarding and its branches; 404 where there is none of that id. */
export async function familyOf(orchestrations: Orchestrations, requestId: string): Promise<Family> {
  const onboarding = await onboardingOf(orchestrations, requestId)
  const all = makesVaults(onboarding) ? await orchestrations.list(instanceIds.vaultSetUps, 'all') : []
  const sweep = mayHaveKeys(onboarding) ? (await newestSweep(orchestrations)).report : undefined
  return { onboarding, branches: ownAmong(onboarding, all), sweep }
}

/** The vault set-ups that an onboarding ever had. */
export const everyBranchOf = async (orchestrations: Orchestrations, onboarding: Instance): Promise<Instance[]> =>
  ownAmong(onboarding, await orchestrations.list(instanceIds.vaultSetUps, 'all'))

/** The live vault set-ups of all onboardings; none are looked for where no onboarding makes vaults. */
export async function liveBranches(
  orchestrations: Orchestrations,
  onboardings: readonly Instance[]
): Promise<Instance[]> {
  return onboardings.some(makesVaults) ? orchestrations.list(instanceIds.vaultSetUps, 'live') : []
}

/** Those among them that belong to this onboarding. */
export function branchesOf(onboarding: Instance, branches: readonly Instance[]): Instance[] {
  return makesVaults(onboarding) ? ownAmong(onboarding, branches) : []
}

function ownAmong(onboarding: Instance, branches: readonly Instance[]): Instance[] {
  const { requestId, plan } = onboarding.input as OnboardingInput
  const ids = new Set(
    plan.policies.flatMap((policy) => policy.vaults.map((vault) => instanceIds.vaultSetUp(requestId, vault.vaultName)))
  )
  return branches.filter((each) => ids.has(each.id))
}

const mayHaveKeys = (onboarding: Instance): boolean =>
  chapterIndex(statusOf(onboarding)?.step ?? 'preflight') >= chapterIndex('vaults-and-keys')

const makesVaults = (onboarding: Instance): boolean =>
  onboarding.state === 'live' && statusOf(onboarding)?.step === 'vaults-and-keys'
