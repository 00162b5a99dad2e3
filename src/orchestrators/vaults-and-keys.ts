import type { Workload } from '../domain/terms/workloads.ts'
import { note, noteDone } from './board.ts'
import type { VaultTask } from '../domain/plan/vault-task.ts'
import { vaultNameFinding } from '../domain/checks/vault-name.ts'
import { choicesOf } from '../domain/terms/choices.ts'
import type { EvidenceRef } from '../domain/terms/evidence.ts'
import type { AnsweredTask } from '../domain/tasks/said.ts'
import { providersRegistered } from '../domain/checks/stalled.ts'
import { orchestrators } from '../contracts/orchestrations.ts'
import { actForEach, children, now, type Story } from './durable.ts'
import type { Run } from './run.ts'
import { untilReady } from './at-desk.ts'
import { Cancelled } from './people.ts'
import type { Preflight } from './preflight.ts'
import { administratorsNow, takeOver } from './replacements.ts'
import { untilHeld } from './until-held.ts'

/** What was seen of each vault while it was set up, by vault name. */
export type VaultEvidence = ReadonlyMap<string, readonly EvidenceRef[]>

export interface VaultsOutcome {
  readonly evidence: VaultEvidence
  /** What people answered meanwhile, for the hand-off. */
  readonly answers: readonly AnsweredTask[]
}

/** Vault, permissions, key, checks and backup for every policy × slot, each in a sub-orchestration (R27–R45). */
export function* vaultsAndKeys(run: Run, preflight: Preflight): Story<VaultsOutcome> {
  const { context, board, plan, requestId } = run
  note(board, { fact: 'chapter-begun', step: 'vaults-and-keys', waitingOn: 'azure' })
  yield* prepareSlots(run)
  const tasks = vaultTasks(run, preflight)
  const outcomes = yield* children(
    context,
    tasks.map((task) => ({
      at: orchestrators.vaultSetUp.at(requestId, task.vault.vaultName),
      input: { task, slots: plan.slots }
    }))
  )
  for (const outcome of outcomes) if (outcome.outcome === 'cancelled') throw new Cancelled(outcome.cancelled)
  const made = outcomes.filter((each) => each.outcome === 'completed')
  note(
    board,
    { fact: 'overridden', overrides: made.flatMap((each) => each.overrides) },
    { fact: 'answered', answers: made.flatMap((each) => each.answers) }
  )
  takeOver(
    run,
    made.flatMap((each) => each.changes ?? [])
  )
  const count = `${String(made.length)}/${String(tasks.length)}`
  noteDone(
    board,
    'Vaults and keys',
    `${count} · ${plan.sku} · soft delete 90 d · purge protected · Recoverable+ProtectedSubscription`,
    ['R27', 'R28', 'R33', 'R36', 'R39', 'R40', 'R42', 'R44']
  )
  const kept = plan.deployment.immutability === 'required' ? 'immutable' : 'NOT immutable'
  noteDone(board, 'Backups', `${count} · ${kept} · digests verified`, ['R45'])
  return {
    evidence: new Map(made.map((each) => [each.vaultName, each.evidence])),
    answers: made.flatMap((each) => each.answers)
  }
}

/** What the vaults of each slot share: a resource group, and the provider that a registered feature takes effect in. */
function* prepareSlots(run: Run): Story<void> {
  const { context, plan, planRef, requestId } = run
  const about = { code: 'provider', requirement: 'R27', resource: 'Microsoft.KeyVault in both subscriptions' } as const
  const look = function* () {
    const slots = yield* actForEach(
      context,
      'prepare-slot',
      plan.slots.map(({ slot, subscriptionId, region, resourceGroup }) => ({
        onboarding: requestId,
        now: now(context),
        plan: planRef,
        slot,
        subscriptionId,
        region,
        resourceGroup
      }))
    )
    const unready = slots.flatMap(({ notYet }) => notYet ?? [])
    return { findings: [], notYet: unready.length === 0 ? undefined : unready.join(' · ') }
  }
  yield* untilHeld(run, about, () => untilReady(run, { ...about, ...providersRegistered }, look))
}

export function vaultTasks(run: Run, preflight: Preflight): VaultTask[] {
  const { context, board, plan, planRef, requestId } = run
  return plan.policies.flatMap((policy) =>
    policy.vaults.map((vault) => ({
      onboarding: requestId,
      now: now(context),
      plan: planRef,
      policy: policy.id,
      workload: policy.workload,
      tenantId: plan.organization.tenantId,
      vault,
      ...choicesOf(plan),
      administrators: administratorsNow(run, vault.slot, preflight.administrators),
      servicePrincipal: servicePrincipalOf(preflight, policy.workload),
      slotIdentity: preflight.slotIdentities[vault.slot],
      immutability: plan.deployment.immutability,
      recover: board.state.overrides.some(({ code }) => code === vaultNameFinding(vault.vaultName))
    }))
  )
}

/** Preflight ends only once the tenant knows the application of each workload. */
function servicePrincipalOf({ servicePrincipals }: Preflight, workload: Workload): string {
  const found = servicePrincipals[workload]
  if (found !== undefined) return found
  throw new Error(`Preflight saw no application of ${workload}. Cancel, and start anew with a preflight that does.`)
}
