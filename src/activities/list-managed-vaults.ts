import type { Tally } from '../domain/tally.ts'
import type { Reach, Work } from './activity.ts'
import { deadLettersKept } from './dead-letters.ts'
import type { ManagedVaults } from './managed-vaults.ts'

/** The names of all managed vaults, and what events were dropped or came to nothing meanwhile. */
export const listManagedVaults = (reach: Reach, managed: ManagedVaults, dropped: Tally): Work<'list-managed-vaults'> =>
  async ({ now }, log) => ({
    vaultNames: await managed.names(now), dropped: dropped.counts(), deadLetters: await deadLettersKept(reach, log)
  })
