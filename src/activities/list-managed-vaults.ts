import type { Tally } from '../domain/tally.ts'
import type { Reach, Work } from './activity.ts'
import { deadLettersKept } from './dead-letters.ts'
import type { ManagedVaults } from './managed-vaults.ts'
import { copiesOfSlots } from './offline-copies.ts'

/** All managed vaults, what events were dropped or came to nothing meanwhile, and how old the offline copies are. */
export const listManagedVaults = (reach: Reach, managed: ManagedVaults, dropped: Tally): Work<'list-managed-vaults'> =>
  async ({ now }, log) => ({
    vaultNames: await managed.names(now),
    dropped: dropped.counts(),
    deadLetters: await deadLettersKept(reach, log),
    copies: await copiesOfSlots(reach.azure.app.store)
  })
