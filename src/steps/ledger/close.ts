import type { RecordStore } from '../../contracts/record-store.ts'
import { chainParts, type Author } from '../../domain/ledger/chains.ts'
import { isClosed } from '../../domain/ledger/judgements.ts'
import { asBranchResult, writeBranchResult } from '../../records/ledger/branch-result.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { writeChapter } from '../../records/ledger/chapter.ts'
import type { Reach, Step } from '../step.ts'
import { addAs, authorOf } from './own-chain.ts'

/** Ends a chain: what was answered and not judged then came too late. */
export const close =
  ({ azure }: Reach): Step<'close'> =>
  async (input) => {
    const { onboarding, outcome, result } = input
    const { store } = azure.app
    const author = authorOf(input)
    if (isClosed(await chainsIn(store).read(author.chain))) return null
    const kept = result === undefined ? {} : { result: await keepResult(store, author, { onboarding, result }) }
    await addAs(store, author, { kind: 'closed', id: 'closed', outcome, generation: author.generation, ...kept })
    return null
  }

interface Ended {
  readonly onboarding: string
  readonly result: unknown
}

const keepResult = (store: RecordStore, { chain }: Author, { onboarding, result }: Ended) =>
  chainParts(chain)?.branch === undefined
    ? writeChapter(store, onboarding, { step: 'end', result, facts: [] })
    : writeBranchResult(store, onboarding, asBranchResult(result))
