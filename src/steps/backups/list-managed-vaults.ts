import type { CopiesOfSlots } from '../../domain/backups/offline-copy.ts'
import type { Tally } from '../../domain/backups/tally.ts'
import type { Reach, Step } from '../step.ts'
import { deadLettersKept } from './dead-letters.ts'
import { orKnown, type ManagedVaults } from './managed-vaults.ts'
import { copiesOfSlots } from '../../records/offline-copy.ts'
import { registrationsBroken } from '../registration/registrations-broken.ts'

/**
 * All managed vaults, what events were dropped or came to nothing meanwhile, how old the offline copies are, and whether
 * their subscriptions are registered still.
 */
export function listManagedVaults(reach: Reach, managed: ManagedVaults, dropped: Tally): Step<'list-managed-vaults'> {
  let copies: CopiesOfSlots | undefined
  return async ({ now }, log) => {
    const vaultNames = await managed.names(now)
    copies = await orKnown(copiesOfSlots(reach.azure.app.store), copies)
    const deadLetters = await deadLettersKept(reach, log)
    const findings = await registrationsBroken(reach.azure, managed, { vaultNames, now })
    return { vaultNames, copies, dropped: dropped.counts(), deadLetters, findings }
  }
}
