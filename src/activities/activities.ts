import type { StepActivityName } from '../contracts/activities.ts'
import type { Tally } from '../domain/backups/tally.ts'
import { activityOf, type Handler } from '../steps/outcome.ts'
import { createPlanShelf, type PlannedReach } from '../steps/plans/plan-shelf.ts'
import type { LedgerReach, Reach } from '../steps/step.ts'
import { amend } from '../steps/ledger/amend.ts'
import { close } from '../steps/ledger/close.ts'
import { endChapter } from '../steps/ledger/end-chapter.ts'
import { gatherBranches } from '../steps/ledger/gather-branches.ts'
import { hear } from '../steps/ledger/hear.ts'
import { judge } from '../steps/ledger/judge.ts'
import { lookAtBranches } from '../steps/ledger/look-at-branches.ts'
import { recall } from '../steps/ledger/recall.ts'
import { adoptVault } from '../steps/vaults/adopt-vault.ts'
import { backUpChangedKey } from '../steps/backups/back-up-changed-key.ts'
import { backUpKey } from '../steps/backups/back-up-key.ts'
import { checkReplacement } from '../steps/preflight/check-replacement.ts'
import { drillRestore } from '../steps/backups/drill-restore.ts'
import { findKey } from '../steps/vaults/find-key.ts'
import { grantPermissions } from '../steps/vaults/grant-permissions.ts'
import { inspectSubscription } from '../steps/preflight/inspect-subscription.ts'
import { inspectTenant } from '../steps/preflight/inspect-tenant.ts'
import { listManagedVaults } from '../steps/backups/list-managed-vaults.ts'
import { lookForSecondWord } from '../steps/people/look-for-second-word.ts'
import { lookAtMail } from '../steps/mails/look-at-mail.ts'
import { weighAnswer } from '../steps/people/weigh-answer.ts'
import { lookAtRegistration } from '../steps/registration/look-at-registration.ts'
import { gatherLetters } from '../steps/mails/gather-letters.ts'
import { lookAtLetter } from '../steps/mails/look-at-letter.ts'
import { mailEscalation } from '../steps/mails/mail-escalation.ts'
import { noteFailedMail } from '../steps/mails/note-failed-mail.ts'
import { mailOperators } from '../steps/mails/mail-operators.ts'
import { lookAtSlot } from '../steps/registration/look-at-slot.ts'
import { makeKey } from '../steps/vaults/make-key.ts'
import { makeVault } from '../steps/vaults/make-vault.ts'
import { managedVaults, type ManagedVaults } from '../steps/backups/managed-vaults.ts'
import { notifyMicrosoft } from '../steps/mails/notify-microsoft.ts'
import { pollRegistration } from '../steps/registration/poll-registration.ts'
import { prepareSlot } from '../steps/registration/prepare-slot.ts'
import { recordOfflineCopy } from '../steps/backups/record-offline-copy.ts'
import { registerFeature } from '../steps/registration/register-feature.ts'
import { sweepVault } from '../steps/backups/sweep-vault.ts'
import { reportRemains } from '../steps/hand-off/report-remains.ts'
import { verifyVault } from '../steps/vaults/verify-vault.ts'
import { writeAliasMail } from '../steps/mails/write-alias-mail.ts'
import { writeEscalation } from '../steps/mails/write-escalation.ts'
import { writeHandOff } from '../steps/hand-off/write-hand-off.ts'

export type Handlers = { readonly [N in StepActivityName]: Handler<N> }

/** What carries out each activity that works on Azure: input, step, outcome. `dropped` counts lost events. */
export function activities(reach: Reach & LedgerReach, dropped: Tally): Handlers {
  const managed = managedVaults(reach.azure)
  const plans = createPlanShelf(reach.azure)
  const planned = { ...reach, plans }
  return { ...ofLedger(planned), ...ofOnboardings(planned), ...ofBackups(reach, managed, dropped) }
}

function ofLedger(reach: PlannedReach) {
  const activity = activityOf(reach)
  return {
    recall: activity(recall(reach)),
    hear: activity(hear(reach)),
    judge: activity(judge(reach)),
    amend: activity(amend(reach)),
    'end-chapter': activity(endChapter(reach)),
    close: activity(close(reach)),
    'look-at-branches': activity(lookAtBranches(reach)),
    'gather-branches': activity(gatherBranches(reach))
  }
}

function ofOnboardings(reach: PlannedReach & LedgerReach) {
  const activity = activityOf(reach)
  return {
    'inspect-tenant': activity(inspectTenant(reach)),
    'check-replacement': activity(checkReplacement(reach)),
    'weigh-answer': activity(weighAnswer(reach)),
    'look-for-second-word': activity(lookForSecondWord(reach)),
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
    'mail-escalation': activity(mailEscalation(reach)),
    'look-at-letter': activity(lookAtLetter(reach)),
    'note-failed-mail': activity(noteFailedMail(reach)),
    'gather-letters': activity(gatherLetters(reach)),
    'prepare-slot': activity(prepareSlot(reach)),
    'make-vault': activity(makeVault(reach)),
    'grant-permissions': activity(grantPermissions(reach)),
    'find-key': activity(findKey(reach)),
    'make-key': activity(makeKey(reach)),
    'back-up-key': activity(backUpKey(reach)),
    'verify-vault': activity(verifyVault(reach)),
    'report-remains': activity(reportRemains(reach)),
    'write-hand-off': activity(writeHandOff(reach))
  }
}

function ofBackups(reach: Reach, managed: ManagedVaults, dropped: Tally) {
  const activity = activityOf(reach)
  return {
    'back-up-changed-key': activity(backUpChangedKey(reach, managed, dropped)),
    'adopt-vault': activity(adoptVault(reach)),
    'drill-restore': activity(drillRestore(reach, managed)),
    'record-offline-copy': activity(recordOfflineCopy(reach)),
    'list-managed-vaults': activity(listManagedVaults(reach, managed, dropped)),
    'sweep-vault': activity(sweepVault(reach, managed))
  }
}
