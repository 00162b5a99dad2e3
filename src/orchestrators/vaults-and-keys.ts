import { atLedger } from './at-ledger.ts'
import type { Workload } from '../domain/terms/workloads.ts'
import { note, noteDone } from './board.ts'
import type { VaultTask } from '../domain/plan/vault-task.ts'
import { vaultNameFinding } from '../domain/checks/vault-name.ts'
import { choicesOf } from '../domain/terms/choices.ts'
import type { Principals } from '../contracts/activities.ts'
import type { GatheredBranches } from '../contracts/vault-set-up.ts'
import { providersRegistered } from '../domain/checks/stalled.ts'
import { orchestrators } from '../contracts/orchestrations.ts'
import { act, actForEach, input, now, type Story } from './durable.ts'
import type { Run } from './run.ts'
import { untilReady } from './at-desk.ts'
import { waitForWord } from './people.ts'
import type { Preflight } from './preflight.ts'
import { administratorsNow } from './amendments.ts'
import { untilHeld } from './until-held.ts'

/** Vault, permissions, key, checks and backup for every policy × slot, each in an orchestration of its own (R27–R45). */
export function* vaultsAndKeys(run: Run, preflight: Preflight): Story<GatheredBranches> {
  const { context, board, plan, planRef, requestId } = run
  note(board, { fact: 'chapter-begun', step: 'vaults-and-keys', waitingOn: 'azure' })
  yield* prepareSlots(run)
  const tasks = vaultTasks(run, preflight)
  const { slots } = input(context, orchestrators.onboarding).plan // a branch hears by itself who acts now
  const branches = tasks.map((task) => ({ task, slots, generation: 1 }))
  yield* actForEach(
    context,
    'start-branches',
    inTens(branches).map((some) => ({ onboarding: requestId, now: now(context), branches: some }))
  )
  yield* branchesEnded(run)
  const gathered = yield* atLedger(run, 'gather-branches', { onboarding: requestId, now: now(context), plan: planRef })
  note(board, { fact: 'overridden', overrides: gathered.overrides }, { fact: 'answered', answers: gathered.answers })
  const count = `${String(Object.keys(gathered.results).length)}/${String(tasks.length)}`
  noteDone(
    board,
    'Vaults and keys',
    `${count} · ${plan.sku} · soft delete 90 d · purge protected · Recoverable+ProtectedSubscription`,
    ['R27', 'R28', 'R33', 'R36', 'R39', 'R40', 'R42', 'R44']
  )
  const kept = plan.deployment.immutability === 'required' ? 'immutable' : 'NOT immutable'
  noteDone(board, 'Backups', `${count} · ${kept} · digests verified`, ['R45'])
  return gathered
}

/** Waits until all branches have ended: each says `look` at its end. */
function* branchesEnded(run: Run): Story<void> {
  const { context, plan, planRef, requestId } = run
  for (;;) {
    const seen = yield* act(context, 'look-at-branches', { onboarding: requestId, now: now(context), plan: planRef })
    if (seen.ended === plan.policies.length * 2) return
    yield* waitForWord(run, [])
  }
}

/** What one event of history carries is bounded, however many vaults a plan has. */
const inTens = <T>(all: readonly T[]): T[][] => (all.length === 0 ? [] : [all.slice(0, 10), ...inTens(all.slice(10))])

/** What the vaults of each slot share: a resource group, and the provider that a registered feature takes effect in. */
function* prepareSlots(run: Run): Story<void> {
  const { context, plan, planRef, requestId } = run
  const what = 'Microsoft.KeyVault in both subscriptions'
  const about = { code: 'provider', requirement: 'R27', resource: what, several: true } as const
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

export function vaultTasks(run: Run, preflight: Principals): VaultTask[] {
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
function servicePrincipalOf({ servicePrincipals }: Principals, workload: Workload): string {
  const found = servicePrincipals[workload]
  if (found !== undefined) return found
  throw new Error(`Preflight saw no application of ${workload}. Cancel, and start anew with a preflight that does.`)
}
