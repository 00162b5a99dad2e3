import { runChecks } from '../../domain/checks/checks.ts'
import { vaultChecks } from '../../domain/checks/vault.ts'
import { AzureCallError } from '../../azure/errors.ts'
import type { SlotAzure } from '../../azure/connect.ts'
import { isShown } from '../../domain/checks/shown.ts'
import type { VaultOwner } from '../../domain/plan/requested-vault.ts'
import type { VaultTask } from '../../domain/plan/vault-task.ts'
import type { Vault } from '../../domain/resources/vault.ts'
import { isWithinAMinute } from '../../domain/state/azure-wait.ts'
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
    const asked = before ? undefined : await askedFor(azure.slot(vault.slot), task, owner)
    if (asked === 'no group yet') return { notYet: 'its resource group cannot be seen yet', findings: [] }
    const settled = recover ? await vaults.settle(vault, owner) : undefined
    const { value: there, call } = await vaults.read(vault)
    if (there?.provisioningState !== 'Succeeded') return { ...asked, notYet: unready(there), findings: [] }
    const isOlder = settled && !isShown(settled, there)
    if (isOlder && isWithinAMinute(task.since, at))
      return { notYet: 'the vault shows what it was before', findings: [] }
    await beginEvents(reach, vault, { onboarding, tags })
    const about = { resource: vault.vaultName, suffix: vault.vaultName, at, call }
    const { findings } = runChecks(vaultChecks, there, { vault, tenantId, purpose, authorization }, about)
    return { findings }
  }

/**
 * Asks for a vault that is absent, unless it was asked for within the last minute: then it is only not seen yet. Nor may a group
 * be that was made just before: of that Azure says so for a while, and then it is true.
 */
async function askedFor(own: SlotAzure, task: Task, owner: VaultOwner): Promise<Asked | 'no group yet'> {
  const { since, askedAt, now } = task
  if (askedAt !== undefined && isWithinAMinute(askedAt, now)) return { askedAt }
  try {
    await create(own, task, owner)
    return { askedAt: now }
  } catch (error) {
    const isGroup = error instanceof AzureCallError && error.code === 'ResourceGroupNotFound'
    if (isGroup && isWithinAMinute(since, now)) return 'no group yet'
    throw error
  }
}

type Task = Parameters<ReturnType<typeof makeVault>>[0]
type Asked = Pick<Task, 'askedAt'>

/** Between a look and the creation another instance may have made it. */
const create = ({ store, vaults }: SlotAzure, { vault, tenantId, recover }: VaultTask, owner: VaultOwner) =>
  store.withLease(
    locks.vault(vault),
    async () => {
      if ((await vaults.read(vault)).value) return false
      await (recover ? vaults.recover(vault, tenantId) : vaults.create(vault, owner))
      return true
    },
    (isMade) => isMade
  )

const unready = (there: Vault | undefined): string =>
  there ? `the vault is ${there.provisioningState ?? 'in no state'}` : 'the vault cannot be read yet'
