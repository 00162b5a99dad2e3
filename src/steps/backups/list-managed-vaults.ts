import type { CopiesOfSlots } from '../../domain/backups/offline-copy.ts'
import type { Tally } from '../../domain/backups/tally.ts'
import type { Reach, Step } from '../step.ts'
import { deadLettersKept } from './dead-letters.ts'
import { orKnown, type ManagedVaults } from './managed-vaults.ts'
import { copiesOfSlots } from '../../records/offline-copy.ts'
import { afterHandOff } from '../../domain/checks/after-hand-off.ts'
import { promisesBroken } from './promises-broken.ts'

/**
 * All managed vaults, what events were dropped or came to nothing meanwhile, how old the offline copies are, and what holds no
 * longer of subscriptions, tenant and people.
 */
export function listManagedVaults(reach: Reach, managed: ManagedVaults, dropped: Tally): Step<'list-managed-vaults'> {
  let copies: CopiesOfSlots | undefined
  return async ({ now }, log) => {
    const vaultNames = await managed.names(now)
    // The alert "no-sweep" of infra/modules/alerts.bicep misses this line where the app has died.
    log.info(`sweep vaults=${vaultNames.length}`)
    copies = await orKnown(copiesOfSlots(reach.azure.app.store), copies)
    const deadLetters = await deadLettersKept(reach, log)
    const homes = []
    for (const name of vaultNames) homes.push(await managed.find(name, now))
    const known = homes.flatMap((home) => home ?? [])
    const findings = (await promisesBroken(reach, known, now)).map(afterHandOff)
    return { vaultNames, copies, dropped: dropped.counts(), deadLetters, findings }
  }
}
