import { z } from 'zod'
import type { RecordStore } from '../../contracts/record-store.ts'
import { branchChains } from '../../domain/ledger/chains.ts'
import { chapterIndex, type StepName } from '../../domain/state/chapters.ts'
import { bothSlots } from '../../domain/terms/by-slot.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { writeChapter } from '../../records/ledger/chapter.ts'
import { keepHead } from '../../records/ledger/kept-head.ts'
import type { Reach, Step } from '../step.ts'
import { addAs, authorOf } from './own-chain.ts'

/**
 * Keeps the result of a chapter and what it told. Each slot then keeps the head of the chain in its own store, so that the
 * identity `app` alone cannot rewrite what was said (LEDGER rule 7).
 */
export const endChapter =
  ({ azure }: Reach): Step<'end-chapter'> =>
  async (input) => {
    const { onboarding, step, result, facts } = input
    const { store } = azure.app
    const author = authorOf(input)
    const id = `chapter.${step}`
    // Heard a moment ago; one that another process has added since is met when it is added: adding is by id.
    const read = await chainsIn(store).read(author.chain, (entries) => entries.length > 0)
    const known = read.find((each) => each.said.id === id)
    const { generation } = author
    const entry =
      known ??
      (
        await addAs(store, author, {
          kind: 'chapter',
          id,
          step,
          result: await writeChapter(store, onboarding, { step, result, facts }),
          heads: await headsOf(store, onboarding, step),
          generation
        })
      ).entry
    const handOff = step === 'hand-off' ? receipt.parse(result).sha256 : undefined
    for (const slot of bothSlots)
      await keepHead(azure.slot(slot).store, onboarding, { chain: author.chain, step, entry, handOff })
    return null
  }

/** What the last chapter gives. */
const receipt = z.object({ sha256: z.string() })

/** The digest of the newest entry of each branch's chain. */
async function headsOf(store: RecordStore, onboarding: string, step: StepName): Promise<Record<string, string>> {
  if (chapterIndex(step) < chapterIndex('vaults-and-keys')) return {} // there is no branch yet
  const branches = await chainsIn(store).all(branchChains(onboarding))
  return Object.fromEntries(
    branches.flatMap(({ chain, entries }) => entries.slice(-1).map(({ sha256 }) => [chain, sha256] as const))
  )
}
