import { onboardingTag } from '../../domain/terms/tags.ts'
import type { Vault } from '../../domain/resources/vault.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import type { Adoption, AdoptionInput, AdoptionOutcome } from '../../domain/backups/adoption.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import type { Reading } from '../../domain/terms/reading.ts'
import { adoptedVaultChecks } from '../../domain/checks/adopted-vault.ts'
import { vaultTaggedChecks } from '../../domain/checks/vault-tagged.ts'
import { vaultThereChecks } from '../../domain/checks/vault-there.ts'
import { joined, runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { otherSlot, slotIdentity } from '../../domain/terms/by-slot.ts'
import { shortRegion } from '../../domain/terms/short-region.ts'
import type { Reach, Step } from '../step.ts'
import { adoptedSubscriptionHeld } from './adopted-subscription.ts'
import { applicationSeen } from '../preflight/application-seen.ts'
import { eventsMade, eventsSeen } from './events.ts'
import { writeEvidence } from '../../records/evidence.ts'
import { vaultHeld } from './look-at-vault.ts'
import { objectIdOf } from '../preflight/object-id-of.ts'
import { partyResults } from '../preflight/people-seen.ts'
import { findParty } from '../preflight/standing.ts'
import { writeManagedVault } from '../../records/managed-vault.ts'
import type { VaultHome } from '../../domain/plan/plan.ts'
import { proposalDigest, readProposals, writeConfirmation, writeProposal } from '../../records/vault-proposal.ts'
import { keepTenantPeople } from '../../records/tenant-people.ts'
import { newestVaultRules, readVaultRules, writeVaultRules, type VaultRules } from '../../records/vault-rules.ts'
import type { Party } from '../../domain/people/parties.ts'
import { adopterOf, whyNoneHandedOver } from './adopter.ts'
import { becomesInWords } from './becomes.ts'
import { keysBackedUp, keysHeld } from './adopted-keys.ts'
import { looseningsOf } from './loosenings.ts'

/**
 * Takes a vault that others made into the app's care, after the same checks as for its own (R27–R44) and a first backup
 * of each key (R45). Nothing of the vault is changed. What it is to be like is said by its slot and confirmed by the other;
 * then Event Grid is asked for its events, and from then on sweeps go by it.
 */
export const adoptVault =
  (reach: Reach): Step<'adopt-vault'> =>
  async (input) => {
    const adopter = await adopterOf(reach, input)
    if ('why' in adopter) return { outcome: 'barred', why: adopter.why }
    const seen = await vaultSeen(reach, input)
    if ('findings' in seen) return { outcome: 'refused', findings: seen.findings }
    const { azure, config } = reach
    const { store } = azure.app
    const { home, keys, rules, reading } = seen
    const before = await readVaultRules(store, home.vaultName)
    const own = azure.slot(input.slot)
    const loosens = await looseningsOf(azure, { before, after: rules }, { own, seen: reading, keys, now: input.now })
    const people = adopter.people && { people: adopter.people }
    // Of what was the rule when it was said: what both slots took back since is not let in again by an old word.
    const replaces = await newestVaultRules(store, home.vaultName)
    const digest = proposalDigest({ ...rules, ...people, ...(replaces !== undefined && { replaces }) }, loosens)
    const becomes = becomesInWords(input, rules, { keys: keys.value, people: adopter.people })
    const handing: Handing = { input, of: { vaultName: home.vaultName, digest }, loosens, becomes, keys: keys.value }
    if (adopter.may !== 'confirm') return proposed(store, handing, adopter.may)
    const why = await whyNotConfirmed(reach, handing, adopter.parties)
    if (why !== undefined) return { outcome: 'barred', why }
    const done = [
      ...(await keysBackedUp({ own, home, keys: keys.value, now: input.now }, config.immutability)),
      ...(await eventsOf(reach, home, input.now))
    ]
    const { evidence, findings } = joined([...seen.results, ...done])
    const place = { store: slotIdentity(input.slot), onboarding: 'adopted', step: home.vaultName } as const
    await writeEvidence(azure, place, evidence)
    if (findings.length > 0) return { outcome: 'refused', findings }
    const { by, person, now: at } = input
    await writeConfirmation(store, handing.of, { by, person, at })
    if (adopter.people) await keepTenantPeople(store, reach.config.tenantId, adopter.people)
    await writeManagedVault(store, 'adopted', home)
    await writeVaultRules(store, rules, at)
    return { outcome: 'adopted', vaultName: home.vaultName, keys: keys.value }
  }

interface Handing {
  readonly input: AdoptionInput & { readonly now: string }
  readonly of: { readonly vaultName: string; readonly digest: string }
  readonly loosens: readonly string[]
  readonly becomes: readonly string[]
  readonly keys: readonly string[]
}

/** Said by an operator of its slot; one of the other slot is shown what was said, and how to confirm it. */
async function proposed(store: RecordStore, handing: Handing, may: 'propose' | 'look'): Promise<AdoptionOutcome> {
  const { input, of, loosens, becomes, keys } = handing
  const { slot, by, person, now: at } = input
  if (may === 'propose') await writeProposal(store, of, { by, person, at, loosens })
  else if ((await readProposals(store, of)).length === 0)
    return {
      outcome: 'barred',
      why: `No operator of slot ${String(slot)} has handed it over like this: they do so first.`
    }
  const next =
    `An operator of slot ${String(otherSlot(slot))} reads what would be looser and sends the same with "confirms": "${of.digest}". ` +
    'Until then nothing is changed, and what a sweep finds stands.'
  return { outcome: 'proposed', vaultName: of.vaultName, keys, proposal: of.digest, becomes, loosens, next }
}

/** It is of what stands now: a vault that was changed since is handed over anew. */
async function whyNotConfirmed(
  reach: Reach,
  { input, of }: Handing,
  parties: readonly Party[]
): Promise<string | undefined> {
  const said = input.confirms === of.digest ? await readProposals(reach.azure.app.store, of) : []
  return said.length === 0 ? notWhatWasSaid : whyNoneHandedOver(reach, input, { said, parties })
}

const notWhatWasSaid =
  'What is confirmed is not what was handed over, or the vault has changed since: send the same without "confirms" and read what is answered.'

type VaultSeen =
  | { readonly findings: readonly Finding[] }
  | {
      readonly home: VaultHome
      readonly keys: Reading<readonly string[]>
      readonly rules: VaultRules
      readonly reading: Reading<Vault>
      readonly results: readonly CheckResults[]
    }

/** The vault and its keys, where all holds that must. One person's word makes no backup and leaves no evidence. */
async function vaultSeen(reach: Reach, input: Handing['input']): Promise<VaultSeen> {
  const { azure } = reach
  const { slot, subscriptionId, resourceGroup, vaultName, now } = input
  const own = azure.slot(slot)
  const place = { slot, region: '', subscriptionId, resourceGroup, vaultName }
  const { value: facts, call } = await own.vaults.read(place)
  const there = { resource: vaultName, suffix: '', at: now, call }
  const isThere = { there: facts !== undefined }
  const { findings: absent } = runChecks(vaultThereChecks, isThere, { by: 'adoption', ...place }, there)
  if (!facts) return { findings: absent }
  const home: VaultHome = { ...place, vaultName: facts.name, region: facts.region }
  const keys = await own.keys.names(vaultName)
  const { rules, results: named } = await rulesFor(reach, input, { home, facts })
  if (!rules) return joined(named)
  const about = { resource: facts.name, suffix: facts.name, at: now, call }
  const tagged = facts.tags[onboardingTag] !== undefined
  const reading = { value: facts, call }
  const results = [
    ...named,
    ...(await adoptedSubscriptionHeld(own, rules, now)),
    ...(await vaultHeld(azure, { ...rules, now }, reading)),
    runChecks(vaultTaggedChecks, { tagged }, { ...home, onboarding: 'adopted' }, about),
    runChecks(adoptedVaultChecks, { keys: keys.value }, home, { ...about, call: keys.call }),
    ...(await keysHeld({ own, home, keys: keys.value, now }))
  ]
  const { findings } = joined(results)
  return findings.length > 0 ? { findings } : { home, keys, rules, reading, results }
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
    ...(people ? { administrators: people.flatMap(({ objectId }) => objectId ?? []) } : knownIn(facts))
  }
  return { rules, results }
}

/** Where nobody names its administrators, whoever is in its access policy now is known; whoever comes later is not. */
const knownIn = ({ accessPolicies, enableRbacAuthorization }: Vault): Pick<VaultRules, 'known'> =>
  enableRbacAuthorization === true ? {} : { known: accessPolicies.map(({ objectId }) => objectId).toSorted() }
