import { branchAt, onboardingAt, orchestrators } from '../../contracts/orchestrations.ts'
import type { Steps } from '../../contracts/steps.ts'
import type { SweepReport } from '../../domain/backups/sweep.ts'
import { branchChain, onboardingChain } from '../../domain/ledger/chains.ts'
import { entriesOfKind, type Entry } from '../../domain/ledger/entry.ts'
import { newestGeneration } from '../../domain/ledger/standing.ts'
import { chapterAfter, chapterIndex } from '../../domain/state/chapters.ts'
import { evolve } from '../../domain/state/evolve.ts'
import { beginning, type State } from '../../domain/state/state.ts'
import type { Fact } from '../../domain/state/fact.ts'
import { statusOf as statusOfState } from '../../domain/state/status.ts'
import type { InstanceOf, Orchestrations } from '../durable-client.ts'
import { newestSweep } from '../timers/sweeps.ts'
import { refusal } from './http.ts'
import type { Branch, Onboarding } from './known.ts'
import { statusOf } from './onboarding-document.ts'
import { stopsOf, withStops, type Looked } from './stops.ts'

/** What is asked to know how an onboarding stands. */
export interface Asked extends Pick<Steps, 'ledger' | 'starts' | 'present'> {
  readonly orchestrations: Orchestrations
}

export interface Family {
  readonly onboarding: Onboarding
  /** While it makes vaults: its vault set-ups, those that have ended included. */
  readonly branches: readonly Branch[]
  /** What the newest sweep saw, once there may be keys. */
  readonly sweep: SweepReport | undefined
}

/** An onboarding by itself; 404 where there is none of that id. */
export async function onboardingOf(asked: Asked, requestId: string): Promise<Onboarding> {
  const found = (await newestOnboarding(asked, requestId)) ?? unknown(requestId)
  return withStops(found, await stopsOf(asked, [lookedAt(found)]))
}

function unknown(requestId: string): never {
  throw refusal({
    code: 'no-such-onboarding',
    title: `There is no onboarding "${requestId}"`,
    detail: 'Look at GET /api/onboardings for those there are.'
  })
}

/**
 * An onboarding as its newest instance shows it; where that is not to be seen, or shows nothing yet, as the ledger does. The
 * instance is read first: its chain is then at least as new.
 */
export async function newestOnboarding(asked: Asked, requestId: string): Promise<Onboarding | undefined> {
  const { ledger, orchestrations } = asked
  const chain = onboardingChain(requestId)
  const before = await orchestrations.find(onboardingAt(requestId, newestGeneration(await ledger.known(chain))))
  const entries = await ledger.entries(chain)
  if (entries.length === 0) return undefined
  const generation = newestGeneration(entries)
  const isSame = before?.input.generation === generation
  const seen = isSame ? before : await orchestrations.find(onboardingAt(requestId, generation))
  const isBlank = seen === undefined || (seen.customStatus === null && seen.input.generation > 1)
  return isBlank ? ofLedger(asked, requestId, { entries, state: seen?.state ?? 'absent' }) : asOnboarding(seen, entries)
}

const lookedAt = ({ input, entries, state, ...seen }: Onboarding): Looked => ({
  resource: input.requestId,
  entries,
  seen: state === 'absent' ? undefined : { ...seen, state }
})

/** How it stands is said by its chain: what becomes of an instance is not what becomes of an onboarding. */
export function asOnboarding(instance: InstanceOf<'onboarding'>, entries: readonly Entry[]): Onboarding {
  const { output: _, ...known } = instance
  const createdAt = entries[0]?.moment ?? known.createdAt
  return { ...known, createdAt, stands: entriesOfKind(entries, 'closed')[0]?.said.outcome ?? 'running', entries }
}

async function ofLedger(
  { ledger, starts }: Asked,
  requestId: string,
  { entries, state }: Pick<Onboarding, 'entries' | 'state'>
): Promise<Onboarding | undefined> {
  const start = await starts.onboarding(requestId)
  if (start === undefined) return undefined
  const generation = newestGeneration(entries)
  const { facts } = await ledger.recalled({ chain: onboardingChain(requestId), generation }, requestId)
  const [first, last] = [entries[0], entries.at(-1)]
  return {
    id: onboardingAt(requestId, generation).id,
    state,
    createdAt: first?.moment ?? '',
    updatedAt: last?.moment ?? '',
    input: { ...start.input, generation },
    customStatus: statusOfState(stateIn(entries, facts)),
    stands: entriesOfKind(entries, 'closed')[0]?.said.outcome ?? 'running',
    entries
  }
}

/** Of an onboarding that nobody carries: what ended chapters told, at its end or at the beginning of the open one. */
function stateIn(entries: readonly Entry[], facts: readonly Fact[]): State {
  const told = facts.reduce(evolve, beginning())
  const [closed] = entriesOfKind(entries, 'closed')
  if (closed) {
    const { outcome, result } = closed.said
    return evolve(told, { fact: 'ended', outcome, ...(result && { handOff: result }) })
  }
  if (entriesOfKind(entries, 'chapter').length === 0) return told
  return evolve(told, { fact: 'chapter-begun', step: chapterAfter(told.step), waitingOn: 'azure' })
}

/** An onboarding and its branches; 404 where there is none of that id. */
export async function familyOf(asked: Asked, requestId: string): Promise<Family> {
  const { orchestrations } = asked
  const onboarding = (await newestOnboarding(asked, requestId)) ?? unknown(requestId)
  const branches = await branchesOf(orchestrations, onboarding)
  const stops = await stopsOf(asked, [lookedAt(onboarding), ...(await stillOf(asked, onboarding, branches))])
  const sweep = mayHaveKeys(onboarding) ? (await newestSweep(orchestrations)).report : undefined
  return { onboarding: withStops(onboarding, stops), branches, sweep }
}

/** Branches that have begun and are not to be seen at work. */
async function stillOf(
  { ledger, orchestrations }: Asked,
  onboarding: Onboarding,
  branches: readonly Branch[]
): Promise<Looked[]> {
  if (!makesVaults(onboarding)) return []
  const { requestId, plan } = onboarding.input
  const all = plan.policies.flatMap(({ id, vaults }) =>
    vaults.map((vault) => ({
      resource: vault.vaultName,
      branch: { policy: id, slot: vault.slot },
      seen: branches.find(({ input }) => input.task.vault.vaultName === vault.vaultName)
    }))
  )
  const still = all.filter(({ seen }) => seen?.state !== 'live' && seen?.state !== 'completed')
  const looked = await Promise.all(
    still.map(async ({ resource, branch }): Promise<Looked[]> => {
      const entries = await ledger.entries(branchChain(requestId, branch))
      if (entries.length === 0) return []
      // It may have begun since all were listed: what its chain names is looked for after it was named.
      const seen = await orchestrations.find(branchAt(requestId, branch, newestGeneration(entries)))
      return [{ resource, seen, entries, parent: onboarding.entries }]
    })
  )
  return looked.flat()
}

/** The newest instance of each vault's set-up, while there are any. */
export async function branchesOf(orchestrations: Orchestrations, onboarding: Onboarding): Promise<Branch[]> {
  if (!makesVaults(onboarding)) return []
  const { requestId, plan } = onboarding.input
  const all = await orchestrations.all(orchestrators.vaultSetUp, `${requestId}.`)
  return plan.policies.flatMap(({ id, vaults }) =>
    vaults.flatMap(({ slot }) => newestOf(all, branchAt(requestId, { policy: id, slot }, 1).id) ?? [])
  )
}

/** `id`: of the first generation; the ids of later ones have their number behind it. */
const newestOf = (all: readonly Branch[], id: string): Branch | undefined =>
  all
    .filter((each) => each.id === id || each.id.startsWith(`${id}.`))
    .toSorted((one, other) => one.input.generation - other.input.generation)
    .at(-1)

const mayHaveKeys = (onboarding: Onboarding): boolean =>
  chapterIndex(statusOf(onboarding)?.step ?? 'preflight') >= chapterIndex('vaults-and-keys')

export const makesVaults = (onboarding: Onboarding): boolean =>
  onboarding.stands === 'running' && statusOf(onboarding)?.step === 'vaults-and-keys'
