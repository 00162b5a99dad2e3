import type { Slot } from '../terms/evidence.ts'
import { slotAlerts } from '../terms/own-resource.ts'
import { deploySlot, type DeployedCheck } from './check.ts'
import type { SlotFacts } from './facts.ts'
import { slotNetworkingCheck } from './networking.ts'
import { eventsCheck, rolesByGroupCheck } from './slot-people.ts'
import { storeChecks } from './stores.ts'
import { tagChecks } from './tags.ts'
import { watchChecks } from './watch.ts'

/** The group of infra/slot.bicep. */
export const slotGroup = (namePrefix: string, slot: Slot): string =>
  `rg-${namePrefix.toLowerCase()}-ck-slot${slot}-store`

/** Rules of infra/modules/slot-log.bicep. */
export const slotLogAlerts = ['key-deleted', 'backups-read', 'store-written'] as const

/** What infra/slot.bicep deploys, and what the slot's vaults have of it. */
export function slotChecks(slot: Slot): readonly DeployedCheck<SlotFacts>[] {
  const cure = deploySlot(slot)
  return [
    ...tagChecks<SlotFacts>((namePrefix) => ({
      parts: { [slotGroup(namePrefix, slot)]: { part: `slot-${slot}`, isAzds: false } },
      cure
    })),
    ...storeChecks<SlotFacts>({
      deploy: cure,
      lock: 'The lockCommands of the deployment’s output, within a day of it'
    }),
    ...watchChecks<SlotFacts>({
      categories: (of) => (isStore(of) ? ['StorageRead', 'StorageWrite', 'StorageDelete'] : ['AuditEvent']),
      alerts: (namePrefix) =>
        [...slotAlerts, ...slotLogAlerts].map((name) => `alert-${namePrefix.toLowerCase()}-ck-slot${slot}-${name}`),
      people: (namePrefix) => `ag-${namePrefix.toLowerCase()}-ck-slot${slot}`,
      cure: `Name people in alertEmails, where it is empty, then ${cure}`,
      logCure: `Name the slot’s vaults in vaultNames, then ${cure}`
    }),
    rolesByGroupCheck,
    eventsCheck,
    slotNetworkingCheck
  ]
}

/** An account has no capital and no hyphen, and a vault of ours has hyphens. */
const isStore = (of: string): boolean => /^[a-z0-9]{3,24}$/.test(of)
