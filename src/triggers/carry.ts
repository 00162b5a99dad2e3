import type { At } from '../contracts/orchestration.ts'
import { branchAt, onboardingAt } from '../contracts/orchestrations.ts'
import type { Ledger } from '../contracts/ledger.ts'
import type { StartOfOnboarding, Starts } from '../contracts/starts.ts'
import type { VaultSetUpInput } from '../contracts/vault-set-up.ts'
import { branchChain, onboardingChain, type BranchKey } from '../domain/ledger/chains.ts'
import { entriesOfKind, type Entry, type Pointer } from '../domain/ledger/entry.ts'
import { firstOfAll, type TakeoverCode } from '../domain/ledger/takeover-texts.ts'
import type { Hub } from '../domain/ledger/takeover.ts'
import { partiesOfPlan } from '../domain/plan/planned-people.ts'
import { release } from '../domain/terms/release.ts'
import type { Orchestrations } from './durable-client.ts'

/** What starts instances, and announces them first. */
export interface Carriers {
  readonly orchestrations: Orchestrations
  readonly ledger: Ledger
  readonly starts: Starts
  readonly hub: Hub
}

/** A chain whose instances can be started: what of, and by what name. */
export interface Carried {
  readonly chain: string
  readonly at: (generation: number) => At<unknown, unknown, unknown>
  /** Starts the instance of a generation, unless it lives. */
  readonly start: (generation: number) => Promise<unknown>
  /** Where the input lies, if no other record says it. */
  readonly input?: Pointer
}

export const carriedOnboarding = (
  { orchestrations }: Pick<Carriers, 'orchestrations'>,
  { input }: StartOfOnboarding
): Carried => ({
  chain: onboardingChain(input.requestId),
  at: (generation) => onboardingAt(input.requestId, generation),
  start: (generation) => orchestrations.start(onboardingAt(input.requestId, generation), { ...input, generation })
})

export const carriedBranch = (
  { orchestrations, starts }: Pick<Carriers, 'orchestrations' | 'starts'>,
  { onboarding, branch, input }: { readonly onboarding: string; readonly branch: BranchKey; readonly input: Pointer }
): Carried => ({
  chain: branchChain(onboarding, branch),
  at: (generation) => branchAt(onboarding, branch, generation),
  start: async (generation) =>
    orchestrations.start(branchAt(onboarding, branch, generation), { ...(await starts.branch(input)), generation }),
  input
})

/** Says first which instance goes on, then starts it. False: another has said so before, and starts its own. */
export async function carryOn(
  { ledger, hub }: Pick<Carriers, 'ledger' | 'hub'>,
  { chain, at, start, input }: Carried,
  { number, why, before }: Next
): Promise<boolean> {
  const isOurs = await ledger.addGeneration(chain, {
    number,
    instance: at(number).id,
    release,
    hub: hub.name,
    mark: hub.mark,
    ...(input && { input }),
    why
  })
  if (!isOurs) return false
  await before?.()
  await start(number)
  return true
}

interface Next {
  readonly number: number
  readonly why: TakeoverCode | typeof firstOfAll
  /** Done between the two: the announcement must stand first. */
  readonly before?: () => Promise<void>
}

/** Starts a claimed onboarding that has no instance yet, whoever began with it: each step is done once, however often tried. */
export async function startOnboarding(carriers: Carriers, start: StartOfOnboarding): Promise<void> {
  const { requestId, planRef } = start.input
  const carried = carriedOnboarding(carriers, start)
  const { ledger } = carriers
  if (start.person !== undefined)
    await ledger.openOnboarding(requestId, {
      plan: { name: planRef.name, sha256: planRef.digest },
      by: start.person,
      stand: partiesOfPlan(start.input.plan)
    })
  await startFirst(carriers, carried, await ledger.entries(carried.chain))
}

/** The first generation of a chain: announced and started, or only started where whoever announced it here got no further. */
export async function startFirst(carriers: Carriers, carried: Carried, entries: readonly Entry[]): Promise<void> {
  const newest = entriesOfKind(entries, 'generation').at(-1)
  if (newest === undefined) await carryOn(carriers, carried, { number: 1, why: firstOfAll })
  else if (await isUnstarted(carriers, carried, entries)) await carried.start(newest.said.number)
}

/** Announced for this hub, and neither begun nor to be seen. */
async function isUnstarted(
  { orchestrations, hub }: Carriers,
  { at }: Carried,
  entries: readonly Entry[]
): Promise<boolean> {
  const newest = entriesOfKind(entries, 'generation').at(-1)
  if (newest === undefined || newest.said.hub !== hub.name || newest.said.mark !== hub.mark) return false
  const { number } = newest.said
  if (entriesOfKind(entries, 'begun').some(({ said }) => said.generation === number)) return false
  return (await orchestrations.sight(at(number))).state === 'absent'
}

/** Of a branch, as its onboarding would have it started. */
export const branchKeyOf = ({ task: { policy, vault } }: VaultSetUpInput): BranchKey => ({ policy, slot: vault.slot })
