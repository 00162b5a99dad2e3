import type { Reading } from '../../domain/terms/reading.ts'
import type { SlotAzure } from '../../azure/connect.ts'
import { isPassing } from '../../azure/errors.ts'
import { onboardingTag } from '../../domain/terms/tags.ts'
import { tellBackupLag } from '../../azure/telemetry.ts'
import type { Vault } from '../../domain/resources/vault.ts'
import { joined, runChecks } from '../../domain/checks/checks.ts'
import { backupChecks } from '../../domain/checks/backup.ts'
import { afterHandOff } from '../../domain/checks/after-hand-off.ts'
import { isCopied, keptKeyChecks } from '../../domain/checks/kept-key.ts'
import { keyVersionsChecks } from '../../domain/checks/key-versions.ts'
import { keptVaultChecks } from '../../domain/checks/kept-vault.ts'
import { vaultTaggedChecks } from '../../domain/checks/vault-tagged.ts'
import { vaultThere } from '../vaults/vault-there.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import { lastChangeOf, newestOf } from '../../domain/backups/key-fingerprint.ts'
import { gapSeconds, lagOf, type KeyWatch, type VaultWatch } from '../../domain/backups/sweep.ts'
import type { Reach, Step } from '../step.ts'
import { keepBackedUp } from './back-up.ts'
import { eventsSeen } from '../vaults/events.ts'
import { isToldBy } from './told-refusal.ts'
import type { ManagedVaults } from './managed-vaults.ts'
import { readVault } from '../vaults/read-vault.ts'
import { keyBroken, keysBroken, rulesBroken, sweepAt } from '../vaults/rules-broken.ts'
import { isUnseen, unseen, type Unseen } from './unseen.ts'
import { readVaultRules, type VaultRules } from '../../records/vault-rules.ts'
import { once } from '../../lazily.ts'
import { keysBackedUp } from '../../records/backup.ts'
import type { ManagedVault } from '../../records/managed-vault.ts'

type WatchResult = Omit<VaultWatch, 'vaultName'>

/**
 * Every key of one managed vault: backed up where it changed, event or no event, and watched (R45). What Azure does not
 * let us do is a finding and hinders nothing else: the next sweep is minutes away. Its gauge and its log line tell the lag.
 */
export const sweepVault =
  (reach: Reach, managed: ManagedVaults): Step<'sweep-vault'> =>
  async ({ vaultName, now, copies }, log) => {
    const found = await managed.find(vaultName, now)
    if (!found) throw new Error(`The record of managed vault ${vaultName} cannot be read. It is looked for again.`)
    const { azure, config } = reach
    const { immutability } = config
    const rules = once(() => readVaultRules(azure.app.store, found.vault.vaultName))
    const own = azure.slot(found.slot)
    const look = { reach, own, found, rules, now, copiedAt: copies[found.slot], immutability }
    const watched = await orFinding(look, 'vault', () => watchVault(look))
    const { keys, unknown } = watched
    tellBackupLag(vaultName, lagOf(keys))
    log.info(`backup-lag vault=${vaultName} keys=${keys.length} seconds=${lagOf(keys)} unknown=${unknown}`)
    return { vaultName, ...watched, findings: watched.findings.map(afterHandOff) }
  }

interface Look {
  readonly reach: Reach
  readonly own: SlotAzure
  readonly found: ManagedVault
  /** What it was found to hold at its hand-off or adoption; read where it is needed, so that it hinders no backup. */
  readonly rules: () => Promise<VaultRules | undefined>
  readonly now: string
  /** When the slot's newest offline copy was attested. */
  readonly copiedAt: string | undefined
  readonly immutability: 'required' | 'not-available'
}

async function watchVault(look: Look): Promise<WatchResult> {
  const {
    own,
    found: { vault, onboarding },
    now
  } = look
  const { value: facts, call } = await readVault(own, vault, sweepAt(now))
  const backedUp = await keysBackedUp(own.store, vault.vaultName)
  if (!facts && backedUp.length === 0) return nothing // still to be made
  const listed = facts ? await listKeys(look) : { value: [], call }
  const read = 'refused' in listed ? undefined : listed
  const names = read?.value ?? []
  const here = new Set(names.map((name) => name.toLowerCase()))
  const missing = read === undefined ? [] : backedUp.filter((name) => !here.has(name.toLowerCase()))
  const tagged = facts?.tags[onboardingTag] !== undefined
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at: now, call }
  const held = joined([
    await vaultThere(own, facts !== undefined, { expected: { by: 'register', ...vault }, about }),
    ...(facts
      ? [
          runChecks(vaultTaggedChecks, { tagged }, { ...vault, onboarding }, about),
          runChecks(keptVaultChecks, { missing }, vault, about)
        ]
      : [])
  ])
  const watches: WatchResult[] = [{ ...nothing, findings: held.findings }]
  if (!facts) return together(watches)
  const ruled = await watchRules(look, { value: facts, call }, read)
  watches.push(ruled, await watchEvents(look))
  if ('refused' in listed) watches.push(unlisted(look, listed, ruled.findings))
  return together([...watches, ...(await eachKey(look, names))])
}

interface Unlisted {
  readonly refused: Unseen
}

/** Refused where somebody changed who may use keys: what the vault is like tells of that, and is looked at all the same. */
async function listKeys({ own, found: { vault } }: Look): Promise<Reading<string[]> | Unlisted> {
  try {
    return await own.keys.names(vault.vaultName)
  } catch (error) {
    if (!isUnseen(error) || isPassing(error)) throw error
    return { refused: error }
  }
}

function unlisted({ found: { vault } }: Look, { refused }: Unlisted, found: readonly Finding[]): WatchResult {
  return { keys: [], unknown: 1, findings: isToldBy(found, refused) ? [] : [unseen(refused, vault.vaultName)] }
}

/** What the vault is like, and who may do what with it, as on the day of its hand-off or adoption (R27–R39). */
const watchRules = (
  look: Look,
  seen: Reading<Vault>,
  keys: Reading<readonly string[]> | undefined
): Promise<WatchResult> =>
  besideKeys(look, 'rules', async () => {
    const { reach, now } = look
    const rules = await look.rules()
    return [...(await rulesBroken(reach.azure, rules, { seen, now })), ...(keys ? keysBroken(rules, keys, now) : [])]
  })

const watchEvents = (look: Look): Promise<WatchResult> =>
  besideKeys(look, 'events', async () => {
    const { reach, found, now } = look
    const asked = { onboarding: found.onboarding, now, look: sweepAt(now) }
    return joined(await eventsSeen(reach, found.vault, asked)).findings
  })

/** Not being able to look hinders no backup, and is no unknown lag. */
async function besideKeys(look: Look, what: string, work: () => Promise<readonly Finding[]>): Promise<WatchResult> {
  const watched = await orFinding(look, what, async () => ({ ...nothing, findings: await work() }))
  return { ...watched, unknown: 0 }
}

async function eachKey(look: Look, names: readonly string[]): Promise<WatchResult[]> {
  const watches: WatchResult[] = []
  for (const keyName of names) {
    const kept = await orFinding(look, keyName, () => watchKey(look, keyName))
    const promised = await besideKeys(look, keyName, async () =>
      keyBroken(look.own, await look.rules(), { keyName, now: look.now })
    )
    watches.push({ ...kept, findings: withoutRepeats(kept.findings, promised.findings) })
  }
  return watches
}

async function watchKey(
  { own, found: { vault }, now, copiedAt, immutability }: Look,
  keyName: string
): Promise<WatchResult> {
  const look = await keepBackedUp(own, { ...vault, keyName }, now)
  if (!look) return nothing // it went away just now
  const { vaultName } = vault
  const { versions, backedUpAt, seen, call } = look
  const changedAt = lastChangeOf(versions)
  const about = { resource: `${vaultName}/${keyName}`, suffix: `${vaultName} ${keyName}`, at: now, call }
  const watch: KeyWatch = {
    vaultName,
    keyName,
    gapSeconds: gapSeconds(changedAt, backedUpAt ?? now),
    copied: isCopied({ backedUpAt, copiedAt }),
    ...(changedAt && { changedAt }),
    ...(backedUpAt && { backedUpAt })
  }
  const older = versions.filter((each) => each !== newestOf(versions))
  const { findings } = joined([
    runChecks(keyVersionsChecks, { versions, older }, { vaultName, keyName, now }, about),
    runChecks(keptKeyChecks, { backedUpAt, copiedAt }, { slot: vault.slot, now }, about),
    runChecks(backupChecks, seen, { immutability, now }, about)
  ])
  return { unknown: 0, keys: [watch], findings }
}

/** What is said of every version of a key needs not be said of its newest once more; nor twice that it cannot be read. */
function withoutRepeats(kept: readonly Finding[], promised: readonly Finding[]): Finding[] {
  const said = new Set(kept.flatMap(({ check }) => [check, ...(sayToo[check] ?? [])]))
  return [...kept, ...promised.filter(({ check }) => !said.has(check))]
}

const sayToo: Readonly<Record<string, readonly string[]>> = {
  'key-versions-enabled': ['key-enabled'],
  'key-not-expired': ['key-expiry'],
  'key-not-expiring': ['key-expiry']
}

async function orFinding(
  { found: { vault } }: Look,
  what: string,
  work: () => Promise<WatchResult>
): Promise<WatchResult> {
  try {
    return await work()
  } catch (error) {
    if (!isUnseen(error)) throw error
    const resource = what === 'vault' ? vault.vaultName : `${vault.vaultName}/${what}`
    return { keys: [], unknown: 1, findings: [unseen(error, resource)] }
  }
}

const nothing: WatchResult = { keys: [], unknown: 0, findings: [] }

const together = (watches: readonly WatchResult[]): WatchResult => ({
  unknown: watches.reduce((sum, each) => sum + each.unknown, 0),
  keys: watches.flatMap((each) => each.keys),
  findings: watches.flatMap((each) => each.findings)
})
