import type { SlotAzure } from '../../azure/connect.ts'
import { AzureCallError } from '../../azure/errors.ts'
import { onboardingTag } from '../../azure/tags.ts'
import { buildPlan, planWorkloads } from '../../domain/plan/build-plan.ts'
import { sendTask } from '../../domain/tasks/mail-tasks.ts'
import type { Plan, SlotPlan, VaultPlan } from '../../domain/plan/plan.ts'
import { remainsLine, remainsMarkdown, remainsOf, type RemainsSeen } from '../../domain/hand-off/remains.ts'
import { workloads } from '../../domain/terms/workloads.ts'
import type { Reach, Step } from '../step.ts'
import { sha256 } from '../../records/digests.ts'
import { remainsName } from '../../records/hand-off.ts'
import { mailFileName } from '../../records/mail-file.ts'

/** Looks at what a cancelled onboarding leaves in Azure and writes down what people may remove. Removes nothing. */
export const reportRemains =
  ({ azure, config }: Reach): Step<'report-remains'> =>
  async ({ onboarding, now, request }) => {
    const plan = buildPlan(request, sha256)
    const [first, second] = await Promise.all([
      slotRemains(azure.slot(1), plan, 1),
      slotRemains(azure.slot(2), plan, 2)
    ])
    const { value: names } = await azure.app.store.list('records', `${onboarding}/mail/`)
    const seen: RemainsSeen = {
      plan,
      states: [first.state, second.state],
      groups: [...first.groups, ...second.groups],
      vaults: [...first.vaults, ...second.vaults],
      mailed: planWorkloads(plan)
        .filter((workload) =>
          names.some(
            (name) =>
              name.startsWith(`${onboarding}/mail/alias-${workload}-`) ||
              name === mailFileName(onboarding, sendTask(workload))
          )
        )
        .map((workload) => config.aliases[workload] ?? workloads[workload].alias)
    }
    const text = remainsMarkdown(plan, remainsOf(seen), now)
    const name = remainsName(onboarding)
    const blob = { bytes: new TextEncoder().encode(text), contentType: 'text/markdown; charset=utf-8' }
    await azure.app.store.putNew({ container: 'records', name }, blob)
    return { name, line: remainsLine(seen) }
  }

async function slotRemains(own: SlotAzure, plan: Plan, slot: 1 | 2) {
  const { subscriptionId, resourceGroup } = slot === 1 ? plan.slots[0] : plan.slots[1]
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
