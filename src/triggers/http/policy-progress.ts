import type { OnboardingDocument } from '../../domain/views/documents.ts'
import { chapterIndex } from '../../domain/state/chapters.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import type { InstanceOf } from '../durable-client.ts'

type PolicyProgress = OnboardingDocument['policies'][number]
type VaultProgress = PolicyProgress['vaults'][number]

/** Where each vault of each policy stands. `branches` are the vault set-ups that are known, ended ones included. */
export function policiesOf(
  onboarding: InstanceOf<'onboarding'>,
  branches: readonly InstanceOf<'vaultSetUp'>[]
): PolicyProgress[] {
  const { requestId, plan } = onboarding.input
  const byId = new Map(branches.map((each) => [each.id, each]))
  const step = onboarding.customStatus?.step ?? 'preflight'
  const allMade = chapterIndex(step) > chapterIndex('vaults-and-keys')
  return plan.policies.map(({ id, workload, vaults }) => ({
    id,
    workload,
    vaults: vaults.map(({ slot, vaultName }) => ({
      slot,
      vaultName,
      ...progressOf(byId.get(orchestrators.vaultSetUp.at(requestId, vaultName).id), allMade)
    }))
  }))
}

function progressOf(
  branch: InstanceOf<'vaultSetUp'> | undefined,
  allMade: boolean
): Pick<VaultProgress, 'state' | 'since' | 'until'> {
  if (!branch) return { state: allMade ? 'done' : 'planned', since: null, until: null }
  const { state, createdAt: since, updatedAt: until } = branch
  if (state !== 'live') return { state: state === 'completed' ? 'done' : 'finding', since, until }
  const findings = branch.customStatus?.findings ?? []
  return { state: findings.length > 0 ? 'finding' : 'working', since, until: null }
}
