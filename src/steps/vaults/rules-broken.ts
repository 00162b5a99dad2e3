import type { Reading } from '../../domain/terms/reading.ts'
import type { Azure } from '../../azure/connect.ts'
import type { Vault } from '../../domain/resources/vault.ts'
import { joined } from '../../domain/checks/checks.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import { vaultHeld } from './look-at-vault.ts'
import { readVaultRules } from '../../records/vault-rules.ts'

/** What no longer holds of a vault that was handed off or adopted; nothing of one still being made. `now`: ISO 8601 UTC. */
export async function rulesBroken(azure: Azure, seen: Reading<Vault>, now: string): Promise<readonly Finding[]> {
  const rules = await readVaultRules(azure.app.store, seen.value.name)
  if (!rules) return []
  const { overridden = [] } = rules
  const { findings } = joined(await vaultHeld(azure, { ...rules, now }, seen))
  return findings.filter(({ code }) => !overridden.includes(code))
}
