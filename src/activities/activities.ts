import type { ActivityName } from '../domain/activity-contracts.ts'
import type { Tally } from '../domain/tally.ts'
import { activity, type Reach } from './activity.ts'
import { adoptVault } from './adopt-vault.ts'
import { backUpChangedKey } from './back-up-changed-key.ts'
import { backUpKey } from './back-up-key.ts'
import { checkReplacement } from './check-replacement.ts'
import { drillRestore } from './drill-restore.ts'
import { findKey } from './find-key.ts'
import { grantPermissions } from './grant-permissions.ts'
import { inspectSubscription } from './inspect-subscription.ts'
import { inspectTenant } from './inspect-tenant.ts'
import { listManagedVaults } from './list-managed-vaults.ts'
import { lookAtMail } from './look-at-mail.ts'
import { lookAtPerson } from './look-at-person.ts'
import { lookAtRegistration } from './look-at-registration.ts'
import { mailOperators } from './mail-operators.ts'
import { lookAtSlot } from './look-at-slot.ts'
import { makeKey } from './make-key.ts'
import { makeVault } from './make-vault.ts'
import { managedVaults, type ManagedVaults } from './managed-vaults.ts'
import { notifyMicrosoft } from './notify-microsoft.ts'
import { pollRegistration } from './poll-registration.ts'
import { prepareSlot } from './prepare-slot.ts'
import { recordOfflineCopy } from './record-offline-copy.ts'
import { registerFeature } from './register-feature.ts'
import { sweepVault } from './sweep-vault.ts'
import { reportRemains } from './report-remains.ts'
import { verifyVault } from './verify-vault.ts'
import { writeAliasMail } from './write-alias-mail.ts'
import { writeEscalation } from './write-escalation.ts'
import { writeHandOff } from './write-hand-off.ts'

export type Handlers = {
  [N in Exclude<ActivityName, 'wake-onboarding' | 'purge-finished'>]: ReturnType<typeof activity<N>>
}

/** Every activity by its registered name. Two need a durable client, so app.ts makes them. `dropped` counts lost events. */
export function activities(reach: Reach, dropped: Tally): Handlers {
  const managed = managedVaults(reach.azure)
  return { ...ofOnboardings(reach), ...ofBackups(reach, managed, dropped) }
}

const ofOnboardings = (reach: Reach) => ({
  'inspect-tenant': activity(inspectTenant(reach)),
  'check-replacement': activity(checkReplacement(reach)),
  'look-at-person': activity(lookAtPerson(reach)),
  'inspect-subscription': activity(inspectSubscription(reach)),
  'register-feature': activity(registerFeature(reach)),
  'look-at-registration': activity(lookAtRegistration(reach)),
  'look-at-slot': activity(lookAtSlot(reach)),
  'poll-registration': activity(pollRegistration(reach)),
  'notify-microsoft': activity(notifyMicrosoft(reach)),
  'write-alias-mail': activity(writeAliasMail(reach)),
  'write-escalation': activity(writeEscalation(reach)),
  'look-at-mail': activity(lookAtMail(reach)),
  'mail-operators': activity(mailOperators(reach)),
  'prepare-slot': activity(prepareSlot(reach)),
  'make-vault': activity(makeVault(reach)),
  'grant-permissions': activity(grantPermissions(reach)),
  'find-key': activity(findKey(reach)),
  'make-key': activity(makeKey(reach)),
  'back-up-key': activity(backUpKey(reach)),
  'verify-vault': activity(verifyVault(reach)),
  'report-remains': activity(reportRemains(reach)),
  'write-hand-off': activity(writeHandOff(reach))
})

const ofBackups = (reach: Reach, managed: ManagedVaults, dropped: Tally) => ({
  'back-up-changed-key': activity(backUpChangedKey(reach, managed, dropped)),
  'adopt-vault': activity(adoptVault(reach)),
  'drill-restore': activity(drillRestore(reach, managed)),
  'record-offline-copy': activity(recordOfflineCopy(reach)),
  'list-managed-vaults': activity(listManagedVaults(reach, managed, dropped)),
  'sweep-vault': activity(sweepVault(reach, managed))
})
