import { callsOf } from '../../domain/terms/reading.ts'
import type { SlotAzure } from '../../azure/connect.ts'
import { onboardingTag } from '../../domain/terms/tags.ts'
import type { Vault } from '../../domain/resources/vault.ts'
import type { Adoption } from '../../domain/backups/adoption.ts'
import { adoptedVaultChecks } from '../../domain/checks/adopted-vault.ts'
import { vaultTaggedChecks } from '../../domain/checks/vault-tagged.ts'
import { vaultThereChecks } from '../../domain/checks/vault-there.ts'
import { joined, runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { backupChecks } from '../../domain/checks/backup.ts'
import { keyHeld } from '../../domain/checks/key-versions.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import { shortRegion } from '../../domain/terms/short-region.ts'
import type { Reach, Step } from '../step.ts'
import { adoptedSubscriptionHeld } from './adopted-subscription.ts'
import { applicationSeen } from '../preflight/application-seen.ts'
import { backUp } from '../backups/back-up.ts'
import { eventsMade, eventsSeen } from './events.ts'
import { writeEvidence } from '../../records/evidence.ts'
import { vaultHeld } from './look-at-vault.ts'
import { objectIdOf } from '../preflight/object-id-of.ts'
import { partyResults } from '../preflight/people-seen.ts'
import { findParty } from '../preflight/standing.ts'
import { writeManagedVault } from '../../records/managed-vault.ts'
import type { VaultHome } from '../../domain/plan/plan.ts'
import { writeVaultRules, type VaultRules } from '../../records/vault-rules.ts'

/**
 * Takes a vault that others made into the app's care, after the same checks as for its own (R27–R44) and a first backup
 * of each key (R45). Nothing of the vault is changed; Event Grid is asked for its events, if all else holds.
 */
export const adoptVault =
  (reach: Reach): Step<'adopt-vault'> =>
  async (input) => {
    const { azure, config } = reach
    const { slot, vaultName, now } = input
    const own = azure.slot(slot)
    const place = {
      slot,
      region: '',
      subscriptionId: input.subscriptionId,
      resourceGroup: input.resourceGroup,
      vaultName
    }
    const { value: facts, call } = await own.vaults.read(place)
    const there = { resource: vaultName, suffix: '', at: now, call }
    const { findings: absent } = runChecks(
      vaultThereChecks,
      { there: facts !== undefined },
      { by: 'adoption', ...place },
      there
    )
    if (!facts) return { outcome: 'refused', findings: absent }
    const home: VaultHome = { ...place, vaultName: facts.name, region: facts.region }
    const { value: keys } = await own.keys.names(vaultName)
    const { rules, results: named } = await rulesFor(reach, input, { home, facts })
    if (!rules) return { outcome: 'refused', findings: joined(named).findings }
    const about = { resource: facts.name, suffix: facts.name, at: now, call }
    const tagged = facts.tags[onboardingTag] !== undefined
    const results = [
      ...named,
      ...(await adoptedSubscriptionHeld(own, rules, now)),
      ...(await vaultHeld(azure, { ...rules, now }, { value: facts, call })),
      runChecks(vaultTaggedChecks, { tagged }, { ...home, onboarding: 'adopted' }, about),
      runChecks(adoptedVaultChecks, { keys }, home, about),
      ...(await keyResults({ own, home, keys, now, immutability: config.immutability }))
    ]
    const events = joined(results).findings.length > 0 ? [] : await eventsOf(reach, home, now)
    const { evidence, findings } = joined([...results, ...events])
    await writeEvidence(azure, { store: slotIdentity(slot), onboarding: 'adopted', step: vaultName }, evidence)
    if (findings.length > 0) return { outcome: 'refused', findings }
    await writeManagedVault(azure.app.store, 'adopted', home)
    await writeVaultRules(azure.app.store, rules, now)
    return { outcome: 'adopted', vaultName: facts.name, keys }
  }

/** The provider may never have been needed in a subscription whose vaults others made. */
async function eventsOf(reach: Reach, home: VaultHome, now: string): Promise<CheckResults[]> {
  if (!reach.config.events) return []
  const there = await eventsSeen(reach, home, { onboarding: 'adopted', now })
  if (joined(there).findings.length === 0) return there
  await reach.azure.slot(home.slot).providers.register(home.subscriptionId, 'Microsoft.EventGrid')
  const { results, notYet } = await eventsMade(reach, home, { onboarding: 'adopted', now })
  if (notYet === undefined) return [...results]
  throw new Error(`Events of ${home.vaultName} are not ready: ${notYet}. They are looked for again.`)
}

interface AdoptedVault {
  readonly home: VaultHome
  readonly facts: Vault
}

/** What the vault must be like, and what is wrong with those that the body names. */
async function rulesFor(
  { azure, config }: Reach,
  input: Adoption & { now: string },
  { home, facts }: AdoptedVault
): Promise<{
  /** Undefined where the tenant does not know the service whose keys they would be. */
  rules: VaultRules | undefined
  results: CheckResults[]
}> {
  const { graph } = azure.app
  const { workload, administrators: parties, now: at } = input
  const application = await applicationSeen(graph, workload, at)
  const people = parties && (await Promise.all(parties.map((party) => findParty(graph, party))))
  const results = [application.results, ...(people ?? []).map((each) => partyResults(each, at))]
  const { objectId: servicePrincipal } = application
  if (servicePrincipal === undefined) return { rules: undefined, results }
  const rules: VaultRules = {
    vault: { ...home, region: shortRegion(facts.region) },
    tenantId: input.tenantId,
    purpose: 'production',
    authorization: facts.enableRbacAuthorization === true ? 'rbac' : 'access-policies', // either may guard what others made
    workload,
    servicePrincipal,
    slotIdentity: await objectIdOf(graph, config.identities[slotIdentity(input.slot)]),
    adopted: true,
    ...(people && { administrators: people.flatMap(({ objectId }) => objectId ?? []) })
  }
  return { rules, results }
}

interface AdoptedKeys {
  readonly own: SlotAzure
  readonly home: VaultHome
  readonly keys: readonly string[]
  readonly now: string
  readonly immutability: Reach['config']['immutability']
}

async function keyResults({ own, home, keys, now, immutability }: AdoptedKeys): Promise<CheckResults[]> {
  const results: CheckResults[] = []
  for (const keyName of keys) {
    const place = { ...home, keyName }
    const { value: key, ...by } = await own.keys.read(place)
    const backup = await backUp(own, place, now)
    if (!key || !backup) continue // it went away just now
    const named = { resource: `${home.vaultName}/${keyName}`, suffix: `${home.vaultName} ${keyName}`, at: now }
    const about = { ...named, call: callsOf(by) }
    // A key that has lived may have any size that is sound, and versions.
    results.push(keyHeld(key, { ...home, size: undefined, purpose: 'production', now }, about))
    results.push(runChecks(backupChecks, backup.seen, { immutability, now }, { ...about, call: backup.call }))
  }
  return results
}
