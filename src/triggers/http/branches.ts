import { chapterIndex } from '../../domain/state/chapters.ts'
import type { SweepReport } from '../../domain/backups/sweep.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import type { InstanceOf, Orchestrations } from '../durable-client.ts'
import { newestSweep } from '../timers/sweeps.ts'
import { refusal } from './http.ts'
import { statusOf } from './onboarding-document.ts'

type Onboarding = InstanceOf<'onboarding'>
type Branch = InstanceOf<'vaultSetUp'>

export interface Family {
  readonly onboarding: Onboarding
  /** While it makes vaults: its vault set-ups, those that have ended included. */
  readonly branches: readonly Branch[]
  /** What the newest sweep saw, once there may be keys. */
  readonly sweep: SweepReport | undefined
}

/** An onboarding by itself; 404 where there is none of that id. */
export async function onboardingOf(orchestrations: Orchestrations, requestId: string): Promise<Onboarding> {
  const onboarding = await orchestrations.find(orchestrators.onboarding.at(requestId))
  if (onboarding) return onboarding
  throw refusal({
    code: 'no-such-onboarding',
    title: `There is no onboarding "${requestId}"`,
    detail: 'Look at GET /api/onboardings for those there are.'
  })
}

/** An onboarding and its branches; 404 where there is none of that id. */
export async function familyOf(orchestrations: Orchestrations, requestId: string): Promise<Family> {
  const onboarding = await onboardingOf(orchestrations, requestId)
  const all = makesVaults(onboarding) ? await orchestrations.list(orchestrators.vaultSetUp, 'all') : []
  const sweep = mayHaveKeys(onboarding) ? (await newestSweep(orchestrations)).report : undefined
  return { onboarding, branches: ownAmong(onboarding, all), sweep }
}

/** The vault set-ups that an onboarding ever had. */
export const everyBranchOf = async (orchestrations: Orchestrations, onboarding: Onboarding): Promise<Branch[]> =>
  ownAmong(onboarding, await orchestrations.list(orchestrators.vaultSetUp, 'all'))

/** The live vault set-ups of all onboardings; none are looked for where no onboarding makes vaults. */
export async function liveBranches(
  orchestrations: Orchestrations,
  onboardings: readonly Onboarding[]
): Promise<Branch[]> {
  return onboardings.some(makesVaults) ? orchestrations.list(orchestrators.vaultSetUp, 'live') : []
}

/** Those among them that belong to this onboarding. */
export function branchesOf(onboarding: Onboarding, branches: readonly Branch[]): Branch[] {
  return makesVaults(onboarding) ? ownAmong(onboarding, branches) : []
}

function ownAmong(onboarding: Onboarding, branches: readonly Branch[]): Branch[] {
  const { requestId, plan } = onboarding.input
  const ids = new Set(
    plan.policies.flatMap((policy) =>
      policy.vaults.map((vault) => orchestrators.vaultSetUp.at(requestId, vault.vaultName).id)
    )
  )
  return branches.filter((each) => ids.has(each.id))
}

const mayHaveKeys = (onboarding: Onboarding): boolean =>
  chapterIndex(statusOf(onboarding)?.step ?? 'preflight') >= chapterIndex('vaults-and-keys')

const makesVaults = (onboarding: Onboarding): boolean =>
  onboarding.state === 'live' && statusOf(onboarding)?.step === 'vaults-and-keys'
