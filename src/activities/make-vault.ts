import { runChecks } from '../domain/checks.ts'
import { vaultChecks } from '../domain/checks-vault.ts'
import type { Reach, Work } from './activity.ts'
import { rememberVault } from './vault-register.ts'

/**
 * The vault of one policy × slot (R27, R28, R31). It is read first and created only where it is absent: a second PUT
 * would replace its access policies. `ready` is false while Azure still works on it.
 */
export const makeVault = ({ azure }: Reach): Work<'make-vault'> => async ({ onboarding, now: at, vault, tenantId, policy }) => {
  const own = azure.slot(vault.slot)
  const { value: there, call } = await own.vaults.read(vault)
  if (!there) {
    await rememberVault(azure.app.store, onboarding, vault)
    const { value: state } = await own.vaults.create(vault, { tenantId, onboardingId: onboarding, policyId: policy })
    return { ready: state === 'Succeeded', findings: [] }
  }
  await rememberVault(azure.app.store, onboarding, vault)
  if (there.provisioningState !== 'Succeeded') return { ready: false, findings: [] }
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at, call }
  return { ready: true, findings: runChecks(vaultChecks({ vault, tenantId }), there, about).findings }
}
