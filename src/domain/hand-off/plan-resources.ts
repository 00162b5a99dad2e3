import type { ResourceKind } from '../checks/look.ts'
import { isGroup } from '../people/parties.ts'
import { aliasOf } from '../plan/deployment.ts'
import { planWorkloads } from '../plan/plan-workloads.ts'
import type { Plan, VaultPlan } from '../plan/plan.ts'
import { slotIdentity } from '../terms/by-slot.ts'
import type { Identity } from '../terms/evidence.ts'
import { workloads } from '../terms/workloads.ts'
import type { VaultResult } from './vault-result.ts'

/** One resource of a plan, as evidence names it. */
export interface PlanResource {
  readonly kind: ResourceKind
  /** `resource` of its evidence. */
  readonly id: string
  /** What codes of its findings end with. */
  readonly suffix: string
  /** Whose calls see it: nobody reaches another slot. */
  readonly identity: Identity
}

/** A plan with those who act for it now, and what was made of it. */
export interface PlanAndMade {
  readonly plan: Plan
  readonly vaults: readonly VaultResult[]
}

/** Every resource of a kind that a plan has: evidence of fewer proves nothing of the plan. */
export const resourcesOf = (kind: ResourceKind, made: PlanAndMade): readonly PlanResource[] => resources[kind](made)

type Resources = (made: PlanAndMade) => readonly PlanResource[]

const resources: Readonly<Record<ResourceKind, Resources>> = {
  tenant: ({ plan }) => [ofApp('tenant', plan.organization.domain, 'tenant')],
  slots: () => [ofApp('slots', 'both slots', 'tenant')],
  subscription: ({ plan }) =>
    plan.slots.map(({ slot, subscriptionId: id }) => ({
      kind: 'subscription',
      id,
      suffix: `slot-${slot}`,
      identity: slotIdentity(slot)
    })),
  person: ({ plan }) => parties(plan).flatMap((party) => (isGroup(party) ? [] : [ofApp('person', party, party)])),
  group: ({ plan }) => parties(plan).flatMap((party) => (isGroup(party) ? [ofApp('group', party, party)] : [])),
  application: ({ plan }) =>
    planWorkloads(plan).map((workload) => ofApp('application', workloads[workload].appId, workload)),
  mail: ({ plan }) => planWorkloads(plan).map((workload) => ofApp('mail', aliasOf(plan, workload), workload)),
  step: () => [],
  vault: ({ plan }) => vaultsOf(plan).map((vault) => ofVault('vault', vault.vaultName, vault)),
  key: ({ plan }) => vaultsOf(plan).map((vault) => ofVault('key', `${vault.vaultName}/${vault.keyName}`, vault)),
  backup: ({ plan, vaults }) =>
    vaultsOf(plan).map((vault) => {
      const found = vaults.find(({ vaultName }) => vaultName === vault.vaultName)
      return ofVault('backup', found?.backup.url ?? `the backup of ${vault.vaultName}`, vault)
    })
}

const ofApp = (kind: ResourceKind, id: string, suffix: string): PlanResource => ({ kind, id, suffix, identity: 'app' })

const ofVault = (kind: ResourceKind, id: string, { slot, vaultName }: VaultPlan): PlanResource => ({
  kind,
  id,
  suffix: vaultName,
  identity: slotIdentity(slot)
})

const vaultsOf = ({ policies }: Plan): VaultPlan[] => policies.flatMap(({ vaults }) => vaults)

const parties = ({ slots }: Plan): string[] => [
  ...new Set(slots.flatMap(({ operators, administrators }) => [...operators, ...administrators]))
]
