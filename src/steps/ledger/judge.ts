import type { Verdict } from '../../contracts/ledger.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import type { Author } from '../../domain/ledger/chains.ts'
import type { Entry } from '../../domain/ledger/entry.ts'
import { reasonWhy } from '../../records/ledger/erasable.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import type { Reach, Step } from '../step.ts'
import { addAs, authorOf } from './own-chain.ts'

/** Adds verdicts to the chain; gives those that stand, since the first on an answer counts. */
export const judge =
  ({ azure }: Reach): Step<'judge'> =>
  async (input) =>
    judged(azure.app.store, authorOf(input), input)

interface Verdicts {
  readonly onboarding: string
  readonly verdicts: readonly Verdict[]
}

/** One after the other, as they were given. */
export async function judged(
  store: RecordStore,
  author: Author,
  { onboarding, verdicts }: Verdicts
): Promise<readonly Verdict[]> {
  const standing: Verdict[] = []
  for (const verdict of verdicts) standing.push(await standingVerdict(store, author, { onboarding, verdict }))
  return standing
}

async function standingVerdict(
  store: RecordStore,
  author: Author,
  { onboarding, verdict }: { readonly onboarding: string; readonly verdict: Verdict }
): Promise<Verdict> {
  const id = `verdict.${verdict.answer}`
  const known = (await chainsIn(store).read(author.chain)).find((each) => each.said.id === id)
  const entry = known ?? (await addAs(store, author, await sayingOf(store, author, { onboarding, id, verdict })))
  return verdictIn(store, entry)
}

interface NewVerdict {
  readonly onboarding: string
  readonly id: string
  readonly verdict: Verdict
}

async function sayingOf(store: RecordStore, { generation }: Author, { onboarding, id, verdict: given }: NewVerdict) {
  const { answer, verdict, why } = given
  const because = why === undefined ? {} : { why: await reasonWhy.keep(store, { onboarding, id }, { why }) }
  return { kind: 'verdict', id, answer, verdict, generation, ...because } as const
}

async function verdictIn(store: RecordStore, { said }: Entry): Promise<Verdict> {
  if (said.kind !== 'verdict') throw new Error(`The entry ${said.id} is a ${said.kind}, where a verdict was to be.`)
  const why = said.why && (await reasonWhy.read(store, said.why))?.why
  return { answer: said.answer, verdict: said.verdict, ...(why !== undefined && { why }) }
}
