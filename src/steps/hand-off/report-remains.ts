import type { RecordStore } from '../../contracts/record-store.ts'
import type { SlotAzure } from '../../azure/connect.ts'
import { AzureCallError } from '../../azure/errors.ts'
import { onboardingTag } from '../../domain/terms/tags.ts'
import { planWorkloads } from '../../domain/plan/plan-workloads.ts'
import { aliasOf } from '../../domain/plan/deployment.ts'
import { ofSlot } from '../../domain/terms/by-slot.ts'
import type { Plan, SlotPlan, VaultPlan } from '../../domain/plan/plan.ts'
import { remainsLine, remainsMarkdown, remainsOf, type RemainsLook } from '../../domain/hand-off/remains.ts'
import type { Slot } from '../../domain/terms/evidence.ts'
import type { Workload } from '../../domain/terms/workloads.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { readMailFile } from '../../records/mail-file.ts'
import { writeRemains } from '../../records/remains.ts'
import { aliasMailKind, kindsSent } from '../../records/sent-mail.ts'

/** Looks at what a cancelled onboarding leaves in Azure and writes down what people may remove. Removes nothing. */
export const reportRemains =
  ({ azure, plans }: PlannedReach): Step<'report-remains'> =>
  async ({ onboarding, now, plan: ref }) => {
    const plan = await plans.planOf(ref)
    const [first, second] = await Promise.all([
      slotRemains(azure.slot(1), plan, 1),
      slotRemains(azure.slot(2), plan, 2)
    ])
    const seen: RemainsLook = {
      plan,
      states: { 1: first.state, 2: second.state },
      groups: [...first.groups, ...second.groups],
      vaults: [...first.vaults, ...second.vaults],
      mailed: (await workloadsMailed(azure.app.store, plan)).map((workload) => aliasOf(plan, workload))
    }
    const name = await writeRemains(azure.app.store, onboarding, remainsMarkdown(plan, remainsOf(seen), now))
    return { name, line: remainsLine(seen) }
  }

/** By the app, or written for a person to send. */
async function workloadsMailed(store: RecordStore, plan: Plan): Promise<Workload[]> {
  const isSent = await kindsSent(store, plan.id)
  const mailed: Workload[] = []
  for (const workload of planWorkloads(plan)) {
    const file = { onboarding: plan.id, task: { kind: 'send-mail', workload } as const }
    if (isSent(aliasMailKind(workload)) || (await readMailFile(store, file)) !== undefined) mailed.push(workload)
  }
  return mailed
}

async function slotRemains(own: SlotAzure, plan: Plan, slot: Slot) {
  const { subscriptionId, resourceGroup } = ofSlot(plan.slots, slot)
  const planned = plan.policies.flatMap(({ vaults }) => vaults.filter((vault) => vault.slot === slot))
  const vaults = await Promise.all(planned.map((vault) => vaultRemains(own, vault, plan.id)))
  const group: Pick<SlotPlan, 'subscriptionId' | 'resourceGroup'> = { subscriptionId, resourceGroup }
  const { value: groupIsThere } = await own.resourceGroups.exists(group)
  return {
    state: (await own.features.state(subscriptionId)).value,
    vaults: vaults.flat(),
    groups: groupIsThere ? [group] : []
  }
}

/** A vault of the plan's name that carries another onboarding's tag, or none, is not this one's to speak of. */
async function vaultRemains(own: SlotAzure, vault: VaultPlan, onboarding: string) {
  const { value: found } = await own.vaults.read(vault)
  if (found?.tags[onboardingTag] !== onboarding) return []
  return [{ ...vault, hasKey: found.provisioningState === 'Succeeded' && (await keyIsThere(own, vault)) }]
}

/** Before the app has its permissions it may not look, and has made no key either. */
async function keyIsThere(own: SlotAzure, vault: VaultPlan): Promise<boolean> {
  try {
    return (await own.keys.versions(vault)).value !== undefined
  } catch (error) {
    if (error instanceof AzureCallError && error.kind === 'forbidden') return false
    throw error
  }
}
