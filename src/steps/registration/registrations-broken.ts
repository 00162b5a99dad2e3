import type { Azure } from '../../azure/connect.ts'
import { AzureCallError } from '../../azure/errors.ts'
import { runChecks } from '../../domain/checks/checks.ts'
import { registeredChecks } from '../../domain/checks/registration.ts'
import type { Finding, Slot } from '../../domain/terms/evidence.ts'
import type { ManagedVaults } from '../backups/managed-vaults.ts'

/**
 * Whether each subscription with a managed vault is registered still: vaults are made after that, and adopted only then
 * (R26). One call for each subscription. What cannot be asked just now says nothing: the vaults' own looks tell of it.
 */
export async function registrationsBroken(
  azure: Azure,
  managed: ManagedVaults,
  { vaultNames, now: at }: { vaultNames: readonly string[]; now: string }
): Promise<readonly Finding[]> {
  try {
    const found = []
    for (const home of await homesOf(managed, vaultNames, at)) found.push(...(await brokenIn(azure, home, at)))
    return found
  } catch (error) {
    if (error instanceof AzureCallError) return []
    throw error
  }
}

interface Home {
  readonly slot: Slot
  readonly subscriptionId: string
}

async function homesOf(managed: ManagedVaults, vaultNames: readonly string[], now: string): Promise<Home[]> {
  const homes = new Map<string, Home>()
  for (const name of vaultNames) {
    const found = await managed.find(name, now)
    if (found) homes.set(found.vault.subscriptionId, found.vault)
  }
  return [...homes.values()]
}

async function brokenIn(azure: Azure, { slot, subscriptionId }: Home, at: string): Promise<readonly Finding[]> {
  const { value: state, call } = await azure.slot(slot).features.state(subscriptionId)
  const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at, call }
  return runChecks(registeredChecks, { state }, { subscriptionId }, about).findings
}
