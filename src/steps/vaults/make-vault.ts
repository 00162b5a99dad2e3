import { runChecks } from '../../domain/checks/checks.ts'
import { vaultChecks } from '../../domain/checks/vault.ts'
import type { Vault } from '../../domain/resources/vault.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { beginEvents } from './events.ts'
import { writeManagedVault } from '../../records/managed-vault.ts'

/**
 * The vault of one policy × slot (R27, R28, R31). It is read first and created only where it is absent, or recovered or taken
 * over where an operator said so: a second PUT would replace its access policies.
 * Event Grid is asked for its events, anew for one that came back: a recovery loses them.
 */
export const makeVault =
  (reach: PlannedReach): Step<'make-vault'> =>
  async (task) => {
    const { onboarding, now: at, vault, tenantId, policy, recover, sku, purpose, authorization } = task
    const { azure, plans } = reach
    const { tags } = await plans.planOf(task.plan)
    const { vaults } = azure.slot(vault.slot)
    const owner = { tenantId, onboardingId: onboarding, policyId: policy, sku, authorization, tags }
    await writeManagedVault(azure.app.store, onboarding, vault)
    const { value: before } = await vaults.read(vault)
    if (!before) await (recover ? vaults.recover(vault, tenantId) : vaults.create(vault, owner))
    if (recover) await vaults.settle(vault, owner)
    const { value: there, call } = await vaults.read(vault)
    if (there?.provisioningState !== 'Succeeded') return { notYet: unready(there), findings: [] }
    await beginEvents(reach, vault, onboarding)
    const about = { resource: vault.vaultName, suffix: vault.vaultName, at, call }
    const { findings } = runChecks(vaultChecks, there, { vault, tenantId, purpose, authorization }, about)
    return { findings }
  }

const unready = (there: Vault | undefined): string =>
  there ? `the vault is ${there.provisioningState ?? 'in no state'}` : 'the vault cannot be read yet'
