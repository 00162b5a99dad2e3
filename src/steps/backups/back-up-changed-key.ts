import type { Azure } from '../../azure/connect.ts'
import { AzureCallError, isPassing } from '../../azure/errors.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import type { Tally } from '../../domain/backups/tally.ts'
import type { Reach, Step } from '../step.ts'
import { backUp } from './back-up.ts'
import type { ManagedVaults } from './managed-vaults.ts'
import { rulesBroken } from '../vaults/rules-broken.ts'
import { readVaultRules } from '../../records/vault-rules.ts'
import type { ManagedVault } from '../../records/managed-vault.ts'

/**
 * Backs up what an event named, if it is in a vault we manage. The event is a hint: no word of it is called, a vault that
 * is not ours, or has lost our tag, is counted, logged once and dropped, and keys are looked at as they are now. An event
 * about the vault itself, as of a changed access policy, has its rules looked at too.
 */
export const backUpChangedKey =
  ({ azure }: Reach, managed: ManagedVaults, dropped: Tally): Step<'back-up-changed-key'> =>
  async ({ vaultId, vaultName, keyName, now }, log) => {
    const found = await managed.find(vaultName, now)
    if (!found || found.vaultId !== vaultId || !(await managed.isTagged(found))) {
      if (dropped.count('foreign'))
        log.warn('An event about a vault that this app does not manage was dropped. More are only counted.')
      return { outcome: 'not-ours', keys: 0 }
    }
    const own = azure.slot(found.slot)
    const findings = keyName === undefined ? { findings: await brokenIn(azure, found, now) } : {}
    const names = keyName === undefined ? (await own.keys.names(found.vault.vaultName)).value : [keyName]
    const looks = []
    for (const name of names) looks.push(await backUp(own, { ...found.vault, keyName: name }, now))
    if (looks.some((look) => look?.made)) return { outcome: 'backed-up', keys: names.length, ...findings }
    return {
      outcome: keyName !== undefined && looks[0] === undefined ? 'gone' : 'unchanged',
      keys: names.length,
      ...findings
    }
  }

/** Not being able to look hinders no backup; the sweep says so. */
async function brokenIn(azure: Azure, { slot, vault }: ManagedVault, now: string): Promise<readonly Finding[]> {
  try {
    const { value, call } = await azure.slot(slot).vaults.read(vault)
    if (!value) return []
    const rules = await readVaultRules(azure.app.store, value.name)
    return await rulesBroken(azure, rules, { seen: { value, call }, now })
  } catch (error) {
    if (error instanceof AzureCallError && !isPassing(error)) return []
    throw error
  }
}
