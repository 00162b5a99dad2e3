import { administratorsApartChecks } from './administrators-apart.ts'
import { adoptedVaultChecks } from './adopted-vault.ts'
import { backupChecks } from './backup.ts'
import { carriedCheck } from './carried.ts'
import { findingOf, type Check } from './checks.ts'
import { contributorChecks } from './contributor.ts'
import { eventsTakenChecks } from './events-taken.ts'
import { eventsChecks } from './events.ts'
import { keptKeyChecks } from './kept-key.ts'
import { keptVaultChecks } from './kept-vault.ts'
import { keyChecks } from './key.ts'
import { keyVersionsChecks } from './key-versions.ts'
import { keyThereChecks } from './key-there.ts'
import { copiedBackupChecks } from './copied-backup.ts'
import { deliveryChecks, unconfirmedCheck } from './mail-delivery.ts'
import { mailChecks } from './mail.ts'
import { grantorChecks } from './grantors.ts'
import { eligibleChecks } from './vault-eligible.ts'
import { actedBeforeChecks } from './acted-before.ts'
import { addressChecks, groupChecks, slotsChecks, userChecks } from './people.ts'
import { permissionChecks } from './permissions.ts'
import { policyChecks } from './policy.ts'
import { regionChecks } from './region.ts'
import { refusedChecks } from './refused.ts'
import { registeredChecks, registrationSentChecks } from './registration.ts'
import { restoredKeyChecks } from './restored-key.ts'
import { setupRoleChecks } from './setup-role.ts'
import { subscriptionAccessChecks, subscriptionChecks } from './subscription.ts'
import { slotTemplateChecks } from './slot-template.ts'
import { servicePrincipalChecks, tenantChecks } from './tenant.ts'
import { stalledCheck } from './stalled.ts'
import { adoptionCheck, stepCheck, sweptCheck } from './unreachable.ts'
import { unreadableAdoptionCheck, unreadableStepCheck, unreadableSweptCheck } from './unreadable.ts'
import { vaultKeysChecks } from './vault-keys.ts'
import { vaultNameChecks } from './vault-name.ts'
import { vaultRoleChecks } from './vault-roles.ts'
import { vaultTellsChecks } from './vault-tells.ts'
import { vaultTaggedChecks } from './vault-tagged.ts'
import { vaultThereChecks } from './vault-there.ts'
import { vaultChecks } from './vault.ts'

/** A check as people read it, whatever it observes. */
export interface ListedCheck
  extends Pick<Check<never, never>, 'code' | 'requirement' | 'on' | 'means' | 'look' | 'afterwards'> {
  /** Whether an operator may go on although it does not hold; a text says when. */
  readonly overridable: boolean | string
  /** What it says of what breaks it, once for each cure. */
  readonly findings: () => readonly BrokenExample[]
}

/** One example that breaks a check, with names in capitals. */
export interface BrokenExample {
  /** When its cure is the one, for a reader. */
  readonly where: string
  readonly observed: string
  readonly expected: string
  readonly cure: string
  readonly overridable: boolean
  /** Whether it does what an example is for: the check looks at it, and it does not hold. */
  readonly breaks: boolean
}

/** Every check of the project, in the order of an onboarding. Every finding has the code of one of them. */
export const allChecks: readonly ListedCheck[] = [
  ...listed(tenantChecks),
  ...listed(servicePrincipalChecks),
  ...listed(userChecks),
  ...listed(addressChecks),
  ...listed(groupChecks),
  ...listed(slotsChecks),
  ...listed(actedBeforeChecks),
  ...listed(administratorsApartChecks),
  ...listed(subscriptionAccessChecks),
  ...listed(slotTemplateChecks),
  ...listed(subscriptionChecks),
  ...listed(regionChecks),
  ...listed(policyChecks),
  ...listed(vaultRoleChecks),
  ...listed(vaultNameChecks),
  ...listed(vaultTellsChecks),
  ...listed(registrationSentChecks),
  ...listed(mailChecks),
  ...listed(deliveryChecks),
  ...listed([unconfirmedCheck]),
  ...listed(registeredChecks),
  ...listed(vaultThereChecks),
  ...listed(vaultChecks),
  ...listed(permissionChecks),
  ...listed(grantorChecks),
  ...listed(eligibleChecks),
  ...listed(contributorChecks),
  ...listed(keyThereChecks),
  ...listed(vaultKeysChecks),
  ...listed(keyChecks),
  ...listed(keyVersionsChecks),
  ...listed(backupChecks),
  ...listed(copiedBackupChecks),
  ...listed(eventsTakenChecks),
  ...listed(eventsChecks),
  ...listed(setupRoleChecks),
  ...listed(vaultTaggedChecks),
  ...listed(adoptedVaultChecks),
  ...listed(keptVaultChecks),
  ...listed(keptKeyChecks),
  ...listed(restoredKeyChecks),
  ...listed([stepCheck]),
  ...listed([carriedCheck]),
  ...listed([stalledCheck]),
  ...listed([unreadableStepCheck]),
  ...listed(Object.values(refusedChecks)),
  ...listed([sweptCheck]),
  ...listed([unreadableSweptCheck]),
  ...listed([adoptionCheck]),
  ...listed([unreadableAdoptionCheck])
]

const byCode: ReadonlyMap<string, ListedCheck> = new Map(allChecks.map((check) => [check.code, check]))

/** The check of a finding; undefined for one that this version of the app does not make any more. */
export const checkOf = ({ check }: { readonly check: string }): ListedCheck | undefined => byCode.get(check)

/** The check that a code is of: its own, or that of a finding, which goes on with what it is about. */
export const checkNamed = (code: string): ListedCheck | undefined =>
  byCode.get(code) ??
  allChecks
    .filter((check) => code.startsWith(`${check.code}-`))
    .toSorted((one, other) => other.code.length - one.code.length)[0]

function listed<Observed, Expected>(checks: readonly Check<Observed, Expected>[]): ListedCheck[] {
  return checks.map((check) => ({
    ...check,
    overridable: typeof check.overridable === 'boolean' ? check.overridable : check.overridable.only,
    findings: () => check.broken.map((example) => brokenBy(check, example))
  }))
}

function brokenBy<Observed, Expected>(
  check: Check<Observed, Expected>,
  example: Check<Observed, Expected>['broken'][number]
): BrokenExample {
  const { observed, expected, remedy: cure, overridable } = findingOf(check, example, { resource: '', suffix: '' })
  const applies = check.appliesTo?.(example.observed, example.expected) ?? true
  return {
    where: example.where ?? `“${observed}” is observed and “${expected}” expected`,
    observed,
    expected,
    cure,
    overridable,
    breaks: applies && !check.holds(example.observed, example.expected)
  }
}
