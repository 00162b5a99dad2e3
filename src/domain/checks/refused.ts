import type { Cause } from '../terms/causes.ts'
import type { Finding, Requirement } from '../terms/evidence.ts'
import { narrowestIn, type Refused } from '../terms/refused.ts'
import { findingOf } from './checks.ts'
import type { RefusedCheck } from './refused-check.ts'
import * as rights from './refused-rights.ts'
import * as rules from './refused-rules.ts'
import * as subscription from './refused-subscription.ts'
import * as things from './refused-things.ts'

/** What each cause of a refusal means, and its cure. */
export const refusedChecks: Readonly<Record<Cause, RefusedCheck>> = {
  'subscription-disabled': subscription.disabledCheck,
  'subscription-unseen': subscription.unseenCheck,
  'other-tenant': subscription.otherTenantCheck,
  'provider-missing': subscription.providerMissingCheck,
  'policy-forbids': rules.policyForbidsCheck,
  'azure-forbids': rules.azureForbidsCheck,
  locked: rules.lockedCheck,
  'assignment-denies': rules.assignmentDeniesCheck,
  'on-the-way': things.onTheWayCheck,
  'role-missing': rights.roleMissingCheck,
  'key-role-missing': rights.keyRoleMissingCheck,
  'access-policy-missing': rights.accessPolicyMissingCheck,
  'consent-missing': rights.consentMissingCheck,
  'store-role-missing': rights.storeRoleMissingCheck,
  'vault-firewall': things.vaultFirewallCheck,
  'store-firewall': things.storeFirewallCheck,
  'token-refused': rights.tokenRefusedCheck,
  'identity-absent': rights.identityAbsentCheck,
  'key-deleted': things.keyDeletedCheck,
  'vault-name-taken': things.vaultNameTakenCheck,
  'vault-name-refused': things.vaultNameRefusedCheck,
  'group-missing': things.groupMissingCheck,
  'region-refused': rules.regionRefusedCheck,
  'sku-refused': rules.skuRefusedCheck,
  'quota-used-up': rules.quotaCheck,
  'principal-missing': rights.principalMissingCheck,
  'role-gone': rights.roleGoneCheck,
  'store-disabled': things.storeDisabledCheck,
  'container-missing': things.containerMissingCheck
}

/** What Azure would not do, for whoever asked: by what it was about. */
export interface RefusedStep {
  readonly requirement: Requirement
  /** Where neither the call nor the cause says what it is about. */
  readonly resource: string
  /** Tells the finding from others of the same cause; the first that leaves the code whole. */
  readonly suffixes: readonly [string, ...string[]]
}

/** The finding of a refusal: its cause's requirement, the very thing it is about, Azure's sentence, and the cure of the cause. */
export function findingOfRefusal(refused: Refused, { requirement, resource, suffixes }: RefusedStep): Finding {
  const check = refusedChecks[refused.cause]
  const fitting = suffixes.find((suffix) => check.code.length + suffix.length < longestCode)
  const about = {
    resource: resourceOf(refused) ?? resource,
    suffix: fitting ?? suffixes[suffixes.length - 1] ?? resource
  }
  const finding = findingOf(check, { observed: refused, expected: undefined }, about)
  return check.ofStep ? { ...finding, requirement: lookedFor(refused.operation) ?? requirement } : finding
}

/** What a look that showed nothing was to show, whatever step asked for it; undefined: other calls are their step's. */
export const lookedFor = (operation: string | undefined): Requirement | undefined => seenBy[operation ?? '']

const seenBy: Readonly<Record<string, Requirement>> = {
  'GET organization': 'R8',
  'GET subscribed SKUs': 'R3',
  'GET service principal': 'R37',
  'GET subscription': 'R7',
  'LIST resources': 'R12',
  'GET user': 'R33',
  'GET group': 'R11',
  'GET group members': 'R11',
  'LIST policy assignments': 'R42',
  'LIST role assignments': 'R34',
  'GET feature': 'R26'
}

/** See `findingCode`. */
const longestCode = 60

/** By what its check is on, so that the commands of the finding name it. */
function resourceOf({ cause, place }: Refused): string | undefined {
  const { on } = refusedChecks[cause]
  const { subscriptionId, vault, key } = place
  if (on === 'subscription') return subscriptionId
  if (on === 'vault') return vault
  if (on === 'key') return vault && key && `${vault}/${key}`
  return narrowestIn(place)
}
