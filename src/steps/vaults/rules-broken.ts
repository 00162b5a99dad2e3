import type { Reading } from '../../domain/terms/reading.ts'
import type { Azure, SlotAzure } from '../../azure/connect.ts'
import type { Vault } from '../../domain/resources/vault.ts'
import { joined, runChecks } from '../../domain/checks/checks.ts'
import { isOfRecoveryLevel, keyChecks } from '../../domain/checks/key.ts'
import { vaultKeysChecks } from '../../domain/checks/vault-keys.ts'
import { keyName as plannedKey } from '../../domain/request/naming.ts'
import { covers, type Finding } from '../../domain/terms/evidence.ts'
import { sameText } from '../../domain/terms/same-text.ts'
import { isUnseen, unseen } from '../backups/unseen.ts'
import { contributorsHeld, eligibleHeld, permissionsHeld, rolesAt } from './look-at-vault.ts'
import type { VaultRules } from '../../records/vault-rules.ts'

/** What no longer holds of a vault that was handed off or adopted; nothing of one still being made. `now`: ISO 8601 UTC. */
export async function rulesBroken(
  azure: Azure,
  rules: VaultRules | undefined,
  { seen, now }: { readonly seen: Reading<Vault>; readonly now: string }
): Promise<readonly Finding[]> {
  if (!rules) return []
  const looked = { ...rules, now, look: sweepAt(now) }
  const roles = await rolesAt(azure, looked)
  const { findings } = joined([...permissionsHeld(looked, seen, roles), ...(await eligibleHeld(azure, looked, roles))])
  return stillBroken(rules, [...findings, ...(await people())])

  /** A directory that does not answer hides nothing that Azure said. */
  async function people(): Promise<readonly Finding[]> {
    try {
      return joined(await contributorsHeld(azure, looked, roles)).findings
    } catch (error) {
      if (isUnseen(error)) return [unseen(error, seen.value.name)]
      throw error
    }
  }
}

/** All vaults of one sweep are looked at under its moment, which is ISO 8601 UTC. */
export const sweepAt = (now: string): string => `sweep ${now}`

/** Other keys in a vault that was made for one (R40). */
export function keysBroken(
  rules: VaultRules | undefined,
  { value: keys, call }: Reading<readonly string[]>,
  at: string
): readonly Finding[] {
  if (!rules || rules.adopted) return []
  const { vaultName } = rules.vault
  const expected = { vaultName, keyName: plannedKey(vaultName) }
  const { findings } = runChecks(vaultKeysChecks, { keys }, expected, {
    resource: vaultName,
    suffix: vaultName,
    at,
    call
  })
  return stillBroken(rules, findings)
}

/**
 * What no longer holds of one key, read as before the hand-off (R40–R44). Which size it has and how many versions is its owner's
 * to choose from then on: keys are rolled. A key beside that of the policy is another finding, whatever it is like.
 */
export async function keyBroken(
  own: SlotAzure,
  rules: VaultRules | undefined,
  { keyName, now: at }: { readonly keyName: string; readonly now: string }
): Promise<readonly Finding[]> {
  if (!rules) return []
  const { vaultName } = rules.vault
  if (!rules.adopted && !sameText(keyName, plannedKey(vaultName))) return []
  const { value: key, call } = await own.keys.read({ vaultName, keyName })
  if (!key) return [] // it went away just now
  const suffix = rules.adopted ? `${vaultName} ${keyName}` : vaultName
  const { findings } = runChecks(
    keyChecks,
    key,
    { vaultName, size: undefined, purpose: rules.purpose, now: at },
    { resource: `${vaultName}/${keyName}`, suffix, at, call }
  )
  const told = findings.some(isOfRecoveryLevel) && !(await isRegistered(own, rules))
  return stillBroken(rules, findings).filter((finding) => !(told && isOfRecoveryLevel(finding)))
}

/** A registration that was taken back is a finding of its subscription; its keys only show it. */
async function isRegistered(own: SlotAzure, { vault: { subscriptionId } }: VaultRules): Promise<boolean> {
  return (await own.features.state(subscriptionId)).value === 'Registered'
}

const stillBroken = ({ overridden = [] }: VaultRules, findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((finding) => !overridden.some((each) => covers(each, finding)))
