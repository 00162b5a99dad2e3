import type { Reach, Work } from './activity.ts'
import { backUp } from './back-up.ts'
import { findManagedVault } from './vault-register.ts'

/** Backs up a key that an event named, if it is the key of a vault we manage. Nothing in the event is ever called. */
export const backUpChangedKey = ({ azure }: Reach): Work<'back-up-changed-key'> => async ({ vaultId, vaultName, keyName, now }) => {
  const managed = await findManagedVault(azure.app.store, vaultName)
  if (!managed || managed.vaultId !== vaultId) return { outcome: 'not-ours' }
  const backup = await backUp(azure.slot(managed.slot), { ...managed.vault, keyName }, now)
  if (!backup) return { outcome: 'gone' }
  return { outcome: backup.made ? 'backed-up' : 'unchanged' }
}
