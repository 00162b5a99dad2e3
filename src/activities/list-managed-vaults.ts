import type { Tally } from '../domain/tally.ts'
import type { Work } from './activity.ts'
import type { ManagedVaults } from './managed-vaults.ts'

/** The names of all managed vaults, and what events were dropped meanwhile. */
export const listManagedVaults = (managed: ManagedVaults, dropped: Tally): Work<'list-managed-vaults'> =>
  async ({ now }) => ({ vaultNames: await managed.names(now), dropped: dropped.counts() })
