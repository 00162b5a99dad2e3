import { runChecks } from '../../domain/checks/checks.ts'
import { vaultChecks } from '../../domain/checks/vault.ts'
import type { SlotAzure } from '../../azure/connect.ts'
import type { VaultOwner } from '../../domain/plan/requested-vault.ts'
import type { VaultTask } from '../../domain/plan/vault-task.ts'
import type { Vault } from '../../domain/resources/vault.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { beginEvents } from './events.ts'
import { locks } from '../../records/locks.ts'
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
    if (!before) await create(azure.slot(vault.slot), task, owner)
    if (recover) await vaults.settle(vault, owner)
    const { value: there, call } = await vaults.read(vault)
    if (there?.provisioningState !== 'Succeeded') return { notYet: unready(there), findings: [] }
    await beginEvents(reach, vault, { onboarding, tags })
    const about = { resource: vault.vaultName, suffix: vault.vaultName, at, call }
    const { findings } = runChecks(vaultChecks, there, { vault, tenantId, purpose, authorization }, about)
    return { findings }
  }

/** Between a look and the creation another instance may have made it. */
const create = ({ store, vaults }: SlotAzure, { vault, tenantId, recover }: VaultTask, owner: VaultOwner) =>
  store.withLease(locks.vault(vault), async () => {
    if ((await vaults.read(vault)).value) return
    await (recover ? vaults.recover(vault, tenantId) : vaults.create(vault, owner))
  })

const unready = (there: Vault | undefined): string =>
  there ? `the vault is ${there.provisioningState ?? 'in no state'}` : 'the vault cannot be read yet'
