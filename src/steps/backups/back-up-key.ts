import { joined, runChecks } from '../../domain/checks/checks.ts'
import { backupChecks } from '../../domain/checks/backup.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { keepBackedUp } from './back-up.ts'
import { checked } from '../checked.ts'
import { eventsMade } from '../vaults/events.ts'

/**
 * The first backup of a new key, in its slot's immutable store, and what brings the events of its changes (R45). Event Grid takes
 * a few looks: a backup that was read back whole has its manifest, and is not downloaded again for them.
 */
export const backUpKey =
  (reach: PlannedReach): Step<'back-up-key'> =>
  async ({ onboarding, vault, now, immutability, plan }) => {
    const { azure } = reach
    const backup = await keepBackedUp(azure.slot(vault.slot), vault, now)
    if (!backup)
      throw new Error(`Key ${vault.keyName} of ${vault.vaultName} cannot be read yet. It is looked for again.`)
    const about = { resource: backup.seen.blobUrl, suffix: vault.vaultName, at: now, call: backup.call }
    const results = runChecks(backupChecks, backup.seen, { immutability, now }, about)
    const place = { store: slotIdentity(vault.slot), onboarding, step: `${vault.vaultName}/backup` }
    const { tags } = await reach.plans.planOf(plan)
    const { results: ofEvents, notYet } = await eventsMade(reach, vault, { onboarding, now, tags })
    if (notYet === undefined) return checked(azure, place, [results, ...ofEvents])
    const { evidence, findings } = await checked(azure, place, [results]) // what is under way proves nothing
    return { evidence, findings: [...findings, ...joined(ofEvents).findings], notYet }
  }
