import type { OnboardingDocument } from '../../domain/views/documents.ts'
import { chapterIndex } from '../../domain/state/chapters.ts'
import type { OnboardingInput } from '../../contracts/orchestrations.ts'
import type { OnboardingStatus } from '../../domain/state/progress.ts'
import { instanceIds } from '../../names.ts'
import type { Instance } from '../durable-client.ts'

type PolicyProgress = OnboardingDocument['policies'][number]
type VaultProgress = PolicyProgress['vaults'][number]

/** Where each vault of each policy stands. `branches` are the vault set-ups that are known, ended ones included. */
export function policiesOf(onboarding: Instance, branches: readonly Instance[]): PolicyProgress[] {
  const { requestId, plan } = onboarding.input as OnboardingInput
  const byId = new Map(branches.map((each) => [each.id, each]))
  const step = (onboarding.customStatus as OnboardingStatus | null)?.step ?? 'preflight'
  const allMade = chapterIndex(step) > chapterIndex('vaults-and-keys')
  return plan.policies.map(({ id, workload, vaults }) => ({
    id,
    workload,
    vaults: vaults.map(({ slot, vaultName }) => ({
      slot,
      vaultName,
      ...progressOf(byId.get(instanceIds.vaultSetUp(requestId, vaultName)), allMade)
    }))
  }))
}

function progressOf(branch: Instance | undefined, allMade: boolean): Pick<VaultProgress, 'state' | 'since' | 'until'> {
  if (!branch) return { state: allMade ? 'done' : 'planned', since: null, until: null }
  const { state, createdAt: since, updatedAt: until } = branch
  if (state !== 'live') return { state: state === 'completed' ? 'done' : 'finding', since, until }
  const findings = (branch.customStatus as OnboardingStatus | null)?.findings ?? []
  return { state: findings.length > 0 ? 'finding' : 'working', since, until: null }
}
