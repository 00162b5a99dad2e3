import { isOf, taskNamed } from '../../domain/tasks/task.ts'
import { eachOf } from '../../at-a-time.ts'
import type { Azure } from '../../azure/connect.ts'
import { markOf } from '../../domain/terms/choices.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import type { OfflineCopy } from '../../domain/backups/offline-copy.ts'
import { answersTo } from '../../domain/tasks/answers.ts'
import type { HandOffParts } from '../../contracts/activities.ts'
import { handOff, type BatchName, type HandOffFacts } from '../../domain/hand-off/hand-off.ts'
import { handOffMarkdown } from '../../domain/hand-off/hand-off-markdown.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { batchNames, readRecords } from '../../records/evidence.ts'
import { writeHandOffJson, writeHandOffMarkdown } from '../../records/hand-off.ts'
import { readOfflineCopy, writeOfflineCopy } from '../../records/offline-copy.ts'
import { escalationsSent } from '../mails/escalations-sent.ts'
import { readShown } from '../../records/shown-plan.ts'
import { readVerifiedVault } from '../../records/verified-vault.ts'

/** Writes the hand-off as JSON and as Markdown, once: the first one written is the hand-off (R46, R47). */
export const writeHandOff =
  ({ azure, config, plans }: PlannedReach): Step<'write-hand-off'> =>
  async ({ onboarding, now: at, plan: ref, facts }) => {
    const { store } = azure.app
    const plan = await plans.planOf(ref)
    const composed = handOff({
      plan,
      facts: await whole(azure, plan, facts),
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

/** A newer word about the offline copies of a slot than was given when it was asked for: backups were made since (R45). */
async function copiedSince(store: RecordStore, answers: HandOffParts['answers']): Promise<OfflineCopy[]> {
  const newest = await eachOf([1, 2] as const, (slot) => readOfflineCopy(store, slot))
  const attested = answersTo(answers, 'attest-offline')
  return newest.flatMap((copy) => {
    const before = attested.find(({ task }) => task.slot === copy?.slot)
    return copy && before && copy.at > before.at ? [copy] : []
  })
}

/** What is proved is computed from the records themselves, as they lie in the stores. */
async function whole(azure: Azure, plan: Plan, parts: HandOffParts): Promise<HandOffFacts> {
  const { id, digest } = plan
  const vaults = await eachOf(parts.vaults, (each) => readVerifiedVault(azure.app.store, each))
  const evidence = [...parts.evidence, ...vaults.flatMap((each) => each.evidence)]
  const isCited = ({ store, name }: BatchName): boolean =>
    evidence.some((each) => each.store === store && each.name === name)
  return {
    ...parts,
    escalations: await escalationsSent(azure, plan, parts.escalationsOwed),
    laterCopies: await copiedSince(azure.app.store, parts.answers),
    otherBatches: (await batchNames(azure, id)).filter((each) => !isCited(each)),
    vaults: vaults.map((each) => each.result),
    evidence,
    records: await readRecords(azure, evidence),
    shown: await readShown(azure.app.store, { onboarding: id, digest })
  }
}
