import type { Azure } from '../../azure/connect.ts'
import { runChecks, joined } from '../../domain/checks/checks.ts'
import { registeredChecks } from '../../domain/checks/registration.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import type { ManagedVault } from '../../records/managed-vault.ts'
import { adoptedSubscriptionHeld } from '../vaults/adopted-subscription.ts'
import { subscriptionSeen } from '../preflight/inspect-subscription.ts'
import { readVaultRules } from '../../records/vault-rules.ts'
import type { Reach } from '../step.ts'
import { unlessUnseenEach } from './unseen.ts'

/**
 * Whether each subscription with a managed vault is registered still: vaults are made after that, and adopted only then
 * (R26). One call for each.
 */
export const registrationsBroken = (
  azure: Azure,
  homes: readonly ManagedVault[],
  at: string
): Promise<readonly Finding[]> =>
  unlessUnseenEach(oneOfEach(homes), subscriptionOf, async ({ vault: { slot, subscriptionId } }) => {
    const { value: state, call } = await azure.slot(slot).features.state(subscriptionId)
    const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at, call }
    return runChecks(registeredChecks, { state }, { subscriptionId, wasRegistered: true }, about).findings
  })

/** Both subscriptions of a plan, by the checks of preflight and verification (R2, R7, R8, R12, R27, R28, R31, R42). */
export const planSubscriptionsBroken = (reach: Reach, plan: Plan, at: string): Promise<readonly Finding[]> =>
  unlessUnseenEach(
    plan.slots,
    ({ subscriptionId }) => subscriptionId,
    async ({ slot, subscriptionId }) => {
      const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at }
      const look = { plan, slot, step: 'verification', onboarding: plan.id, about } as const
      return joined((await subscriptionSeen(reach, look)).results).findings
    }
  )

/** The subscriptions of vaults that others made, by the checks of their adoption. */
export function adoptedSubscriptionsBroken(
  azure: Azure,
  homes: readonly ManagedVault[],
  at: string
): Promise<readonly Finding[]> {
  const adopted = homes.filter(({ onboarding }) => onboarding === 'adopted')
  return unlessUnseenEach(oneOfEach(adopted), subscriptionOf, async ({ vault }) => {
    const rules = await readVaultRules(azure.app.store, vault.vaultName)
    return rules ? joined(await adoptedSubscriptionHeld(azure.slot(vault.slot), rules, at)).findings : []
  })
}

const subscriptionOf = ({ vault }: ManagedVault): string => vault.subscriptionId

/** One vault of each subscription. */
const oneOfEach = (homes: readonly ManagedVault[]): ManagedVault[] => [
  ...new Map(homes.map((home) => [subscriptionOf(home), home])).values()
]
