import type { Verdict } from '../../contracts/ledger.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import { branchChains, type Author } from '../../domain/ledger/chains.ts'
import { entriesOfKind, type Entry } from '../../domain/ledger/entry.ts'
import { alwaysOpen } from '../../domain/ledger/standing.ts'
import { tooLateFor } from '../../domain/ledger/too-late.ts'
import { taskNamed, type TaskKind } from '../../domain/tasks/task.ts'
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
  const known = await knownEntry(store, author.chain, id)
  const entry = known ?? (await addAs(store, author, await sayingOf(store, author, { onboarding, id, verdict }))).entry
  return verdictIn(store, entry)
}

/** What this process has not read yet is met when the verdict is added: adding is by id. */
async function knownEntry(store: RecordStore, chain: string, id: string): Promise<Entry | undefined> {
  const entries = await chainsIn(store).read(chain, (known) => known.length > 0)
  return entries.find(({ said }) => said.id === id)
}

interface NewVerdict {
  readonly onboarding: string
  readonly id: string
  readonly verdict: Verdict
}

async function sayingOf(store: RecordStore, author: Author, { onboarding, id, verdict: given }: NewVerdict) {
  const { generation } = author
  const { answer, verdict } = given
  const why = given.why ?? (verdict === 'taken' ? await notStopped(store, author, { onboarding, answer }) : undefined)
  const because = why === undefined ? {} : { why: await reasonWhy.keep(store, { onboarding, id }, { why }) }
  const seen = given.of === undefined ? {} : { of: await keepOf(store, { onboarding, answer, of: given.of }) }
  return { kind: 'verdict', id, answer, verdict, generation, ...because, ...seen } as const
}

const keepOf = (
  store: RecordStore,
  { onboarding, answer, of }: { readonly onboarding: string; readonly answer: string; readonly of: string }
) => reasonWhy.keep(store, { onboarding, id: `of.${answer}` }, { why: of })

/** Whoever cancels or halts is told what was under way, so that it may be done all the same. */
async function notStopped(
  store: RecordStore,
  { chain }: Author,
  { onboarding, answer }: { readonly onboarding: string; readonly answer: string }
): Promise<string | undefined> {
  const chains = chainsIn(store)
  const heard = await chains.read(chain, (entries) => entries.some(({ said }) => said.id === answer))
  const [stop] = entriesOfKind(heard, 'answer').filter(({ said }) => said.id === answer)
  if (!stop || !alwaysOpen.some(isTask(stop.said.task))) return undefined
  const own = await chains.read(chain)
  const others = await chains.all(branchChains(onboarding))
  const late = tooLateFor([{ chain, entries: own }, ...others], stop)
  return late.length === 0 ? undefined : `It came too late for what was under way: ${late.join(', ')}.`
}

const isTask = (name: string) => (kind: TaskKind) => taskNamed(name)?.kind === kind

async function verdictIn(store: RecordStore, { said }: Entry): Promise<Verdict> {
  if (said.kind !== 'verdict') throw new Error(`The entry ${said.id} is a ${said.kind}, where a verdict was to be.`)
  const why = said.why && (await reasonWhy.read(store, said.why))?.why
  return { answer: said.answer, verdict: said.verdict, ...(why !== undefined && { why }) }
}
