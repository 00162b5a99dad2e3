import type { OnboardingInput } from '../domain/onboarding.ts'
import { instanceIds } from '../names.ts'
import type { Instance, Orchestrations } from './durable-client.ts'
import { refusal } from './http.ts'
import { statusOf } from './onboarding-document.ts'

export interface Family {
  readonly onboarding: Instance
  /** The live vault set-ups. */
  readonly branches: readonly Instance[]
}

/** An onboarding and the branches that live now; 404 where there is none of that id. */
export async function familyOf(orchestrations: Orchestrations, requestId: string): Promise<Family> {
  const onboarding = await orchestrations.find(instanceIds.onboarding(requestId))
  if (!onboarding) {
    throw refusal(404, 'no-such-onboarding', `There is no onboarding "${requestId}"`, 'Look at GET /api/onboardings for those there are.')
  }
  const { plan } = onboarding.input as OnboardingInput
  if (onboarding.state !== 'live' || statusOf(onboarding)?.step !== 'vaults-and-keys') return { onboarding, branches: [] }
  const ids = new Set(plan.policies.flatMap((policy) =>
    policy.vaults.map((vault) => instanceIds.vaultSetUp(requestId, vault.vaultName))))
  const live = await orchestrations.list(instanceIds.vaultSetUp(requestId, ''), 'live')
  return { onboarding, branches: live.filter((each) => ids.has(each.id)) }
}
