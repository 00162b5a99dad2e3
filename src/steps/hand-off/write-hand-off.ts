import type { RecordStore } from '../../contracts/record-store.ts'
import { markOf } from '../../domain/terms/choices.ts'
import { buildPlan } from '../../domain/plan/build-plan.ts'
import type { HandOffParts, VaultRecord } from '../../contracts/activities.ts'
import { handOff, type HandOff, type HandOffFacts } from '../../domain/hand-off/hand-off.ts'
import { handOffMarkdown } from '../../domain/hand-off/hand-off-markdown.ts'
import type { Reach, Step } from '../step.ts'
import { sha256 } from '../../records/digests.ts'
import { handOffName } from '../../records/hand-off.ts'
import { rememberCopy } from '../../records/offline-copies.ts'
import { readRecord } from '../../records/records.ts'

/** Writes the hand-off as JSON and as Markdown, once: the first one written is the hand-off (R46, R47). */
export const writeHandOff =
  ({ azure, config }: Reach): Step<'write-hand-off'> =>
  async ({ onboarding, now: at, request, facts }) => {
    const { store } = azure.app
    const plan = buildPlan(request, sha256)
    const composed = handOff({
      plan,
      facts: await whole(store, facts),
      at,
      banner: markOf(config.banner, plan.purpose)
    })
    const name = handOffName(onboarding, 'json')
    const content = await written(store, name, JSON.stringify(composed, undefined, 2))
    const document = JSON.parse(content) as HandOff // what this or an earlier run of this activity wrote
    await written(store, handOffName(onboarding, 'md'), handOffMarkdown(document, config.calendar.zone))
    for (const { task, by, location, at: copied } of document.offlineCopies) {
      await rememberCopy(store, { slot: task.endsWith('1') ? 1 : 2, by, location, at: copied })
    }
    return { name, sha256: sha256(content), requirements: document.counts }
  }

async function whole(store: RecordStore, parts: HandOffParts): Promise<HandOffFacts> {
  const records = await Promise.all(parts.vaults.map((each) => readRecord<VaultRecord>(store, each)))
  return {
    ...parts,
    vaults: records.map((each) => each.result),
    evidence: [...parts.evidence, ...records.flatMap((each) => each.evidence)]
  }
}

async function written(store: RecordStore, name: string, content: string): Promise<string> {
  const place = { container: 'records', name } as const
  const contentType = name.endsWith('.json') ? 'application/json' : 'text/markdown; charset=utf-8'
  const { value } = await store.putNew(place, { bytes: new TextEncoder().encode(content), contentType })
  if (value.created) return content
  const there = await store.read(place)
  return new TextDecoder().decode(there.value?.bytes)
}
