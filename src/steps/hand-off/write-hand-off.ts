import { isOf, taskNamed } from '../../domain/tasks/task.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import { markOf } from '../../domain/terms/choices.ts'
import type { HandOffParts } from '../../contracts/activities.ts'
import { handOff, type HandOffFacts } from '../../domain/hand-off/hand-off.ts'
import { handOffMarkdown } from '../../domain/hand-off/hand-off-markdown.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { writeHandOffJson, writeHandOffMarkdown } from '../../records/hand-off.ts'
import { writeOfflineCopy } from '../../records/offline-copy.ts'
import { readVerifiedVault } from '../../records/verified-vault.ts'

/** Writes the hand-off as JSON and as Markdown, once: the first one written is the hand-off (R46, R47). */
export const writeHandOff =
  ({ azure, config, plans }: PlannedReach): Step<'write-hand-off'> =>
  async ({ onboarding, now: at, plan: ref, facts }) => {
    const { store } = azure.app
    const plan = await plans.planOf(ref)
    const composed = handOff({
      plan,
      facts: await whole(store, facts),
      at,
      banner: markOf(config.banner, plan.purpose)
    })
    const stored = await writeHandOffJson(store, composed)
    await writeHandOffMarkdown(store, onboarding, handOffMarkdown(stored.handOff, plan.deployment.sla.zone))
    for (const { task: name, by, location, at: copied } of stored.handOff.offlineCopies) {
      const task = taskNamed(name)
      if (task && isOf(task, 'attest-offline'))
        await writeOfflineCopy(store, { slot: task.slot, by, location, at: copied })
    }
    return { name: stored.name, sha256: stored.sha256, requirements: stored.handOff.counts }
  }

async function whole(store: RecordStore, parts: HandOffParts): Promise<HandOffFacts> {
  const vaults = await Promise.all(parts.vaults.map((each) => readVerifiedVault(store, each)))
  return {
    ...parts,
    vaults: vaults.map((each) => each.result),
    evidence: [...parts.evidence, ...vaults.flatMap((each) => each.evidence)]
  }
}
