import type { InvocationContext, Timer } from '@azure/functions'
import type { OpenChain, UnreadChain } from '../../contracts/ledger.ts'
import type { StartOfOnboarding } from '../../contracts/starts.ts'
import type { Steps } from '../../contracts/steps.ts'
import { UnreadableRecord } from '../../contracts/unreadable-record.ts'
import { branchChain, onboardingChain } from '../../domain/ledger/chains.ts'
import { entriesOfKind, type Entry } from '../../domain/ledger/entry.ts'
import { isHintDue } from '../../domain/ledger/hints.ts'
import { stopFinding, type StopCode } from '../../domain/ledger/takeover-texts.ts'
import type { PlanRef } from '../../domain/plan/plan.ts'
import { release } from '../../domain/terms/release.ts'
import {
  decide,
  wordsBehind,
  type Decision,
  type Sighting,
  type Watched,
  type Word
} from '../../domain/ledger/takeover.ts'
import { carriedBranch, carriedOnboarding, carryOn, startOnboarding, type Carried, type Carriers } from '../carry.ts'
import { orchestrationsOf } from '../durable-client.ts'
import { hubOf } from '../hub.ts'
import { mailLater } from '../mails.ts'
import { wake } from '../wake.ts'
import { noLook, sinceWhen, type LastLook, type Sight } from './last-look.ts'

type Ports = Pick<Steps, 'ledger' | 'starts' | 'present' | 'weigher'>

/**
 * The timer's tick: looks at the instances of each open onboarding by their known ids, starts what was announced and never was,
 * takes over what is dead, and repeats a hint that was not heard. It decides nothing of an onboarding's story.
 */
export function watch(ports: Ports): (timer: Timer, context: InvocationContext) => Promise<void> {
  let last: LastLook | undefined
  const startOf = readOnce(ports.starts)
  return async (_timer, context) => {
    const now = await ports.present.now()
    if (now === undefined) return // the store does not answer: nothing can be announced
    const orchestrations = orchestrationsOf(context)
    const sights = new Map<string, Sight>()
    const hub = await hubOf(orchestrations)
    const round: Round = { ...ports, startOf, orchestrations, hub, last: last ?? noLook(now), sights, now, context }
    for (const open of await ports.ledger.open((one) => tellUnread(round, one)))
      await unlessUnread(round, open.onboarding, () => lookAfter(round, open))
    last = { at: now, sights }
  }
}

/** What an onboarding was started with never changes once it is whole. */
function readOnce(starts: Ports['starts']): Ports['starts']['onboarding'] {
  const known = new Map<string, StartOfOnboarding>()
  return async (id) => {
    const start = known.get(id) ?? (await starts.onboarding(id))
    if (start?.person) known.set(id, start)
    return start
  }
}

interface Round extends Carriers, Pick<Ports, 'weigher'> {
  readonly startOf: Ports['starts']['onboarding']
  readonly last: LastLook
  readonly sights: Map<string, Sight>
  readonly now: string
  readonly context: InvocationContext
}

/** Nothing is held up by another: neither an onboarding nor a branch. */
async function unlessUnread(round: Round, of: string, look: () => Promise<void>): Promise<void> {
  try {
    await look()
  } catch (error) {
    if (error instanceof UnreadableRecord) tellUnread(round, { chain: of, why: error })
    else round.context.error(`${of} could not be looked after; the others are.`, error)
  }
}

/** Who cannot read what lies there adds nothing to it, starts nothing, and says so. */
function tellUnread(round: Round, { chain, why }: UnreadChain): void {
  const { last, sights, now, context } = round
  const code = why.isNewer ? stopFinding('newer-release') : 'unreadable'
  if (last.sights.get(chain)?.stopped !== code) {
    context.warn(`finding code=${code} resource=${chain}`)
    context.warn(why.message)
  }
  sights.set(chain, { seen: { state: 'unreadable' }, since: now, stopped: code })
}

async function lookAfter(round: Round, { onboarding, entries }: OpenChain): Promise<void> {
  const start = await round.startOf(onboarding)
  if (start === undefined) throw new Error('Its tenant is claimed for it, and it has no plan. Restore the records.')
  const { planRef: plan } = start.input
  const own = { onboarding, plan, carried: carriedOnboarding(round, start), entries }
  await attend(round, { ...own, never: () => startOnboarding(round, start) })
  if (!makesVaults(entries)) return
  const { policies } = start.input.plan
  for (const { id, vaults } of policies)
    await Promise.all(
      vaults.map(({ slot }) => {
        const branch = { policy: id, slot }
        return unlessUnread(round, branchChain(onboarding, branch), () =>
          lookAfterBranch(round, { onboarding, plan, parent: entries, branch })
        )
      })
    )
}

/** Branches begin after the wait on Microsoft, and have all ended when their chapter has. */
function makesVaults(entries: readonly Entry[]): boolean {
  const ended = entriesOfKind(entries, 'chapter').map(({ said }) => said.step)
  return ended.includes('waiting-on-microsoft') && !ended.includes('vaults-and-keys')
}

interface BranchOf {
  readonly onboarding: string
  readonly plan: PlanRef
  readonly parent: readonly Entry[]
  readonly branch: Parameters<typeof branchChain>[1]
}

/** One that was never announced is its onboarding's to start. */
async function lookAfterBranch(round: Round, { onboarding, plan, parent, branch }: BranchOf): Promise<void> {
  const entries = await round.ledger.entries(branchChain(onboarding, branch))
  const input = entriesOfKind(entries, 'generation').at(-1)?.said.input
  if (input === undefined) return
  const carried = carriedBranch(round, { onboarding, branch, input })
  await attend(round, { onboarding, plan, carried, entries, parent })
}

interface Ward {
  readonly onboarding: string
  readonly plan: PlanRef
  readonly carried: Carried
  readonly entries: readonly Entry[]
  readonly parent?: readonly Entry[]
  /** Starts what has no generation yet. */
  readonly never?: () => Promise<void>
}

async function attend(round: Round, ward: Ward): Promise<void> {
  const { carried, entries } = ward
  const { last, sights, now, orchestrations } = round
  const number = entriesOfKind(entries, 'generation').at(-1)?.said.number ?? 0
  const seen = number === 0 ? absent : await orchestrations.sight(carried.at(number))
  const since = sinceWhen(last, carried.chain, seen, now)
  const watched = await watchedOf(round, ward, { seen, since })
  const decision = decide(watched)
  if (decision.do === 'stopped') tellStop(round, carried.chain, decision.why)
  sights.set(carried.chain, { seen, since, ...(decision.do === 'stopped' && { stopped: decision.why }) })
  if (decision.do === 'take-over' && (await isMeant(round, ward, { watched, number })))
    await takeOver(round, ward, { seen, number, why: decision.why })
  if (decision.do === 'start') await start(round, ward, number)
  if (decision.do === 'alive') await hint(round, ward)
}

/** One that took over is told of here: whoever announced it came no further. */
async function start(round: Round, ward: Ward, number: number): Promise<void> {
  if (number === 0) await ward.never?.()
  else await ward.carried.start(number)
  const newest = entriesOfKind(ward.entries, 'generation').at(-1)
  if (number > 1 && newest) await tellTakeover(round, ward, newest)
}

async function tellTakeover(
  { orchestrations, context }: Round,
  { onboarding, carried }: Ward,
  { said, moment }: Entry<'generation'>
): Promise<void> {
  context.warn(`taken-over chain=${carried.chain} generation=${String(said.number)} why=${said.why}`)
  await mailLater(orchestrations, onboarding, moment)
}

async function hint({ last, now, orchestrations }: Round, { entries, parent = [] }: Ward): Promise<void> {
  if (isHintDue([...entries, ...parent], last.at, now)) await wake(orchestrations, entries)
}

/** Once, as findings of checks are logged: alerts look for such lines (infra/modules/alerts.bicep). */
function tellStop({ last, context }: Round, chain: string, stopped: StopCode): void {
  if (last.sights.get(chain)?.stopped !== stopped)
    context.warn(`finding code=${stopFinding(stopped)} resource=${chain}`)
}

const absent: Sighting = { state: 'absent' }

/** What the engine was asked before may have closed since: entries that decide against it are read after it. */
async function watchedOf(
  { ledger, hub, now }: Round,
  { carried, entries, parent }: Ward,
  { seen, since }: Sight
): Promise<Watched> {
  const known = seen.state === 'completed' ? await ledger.entries(carried.chain) : entries
  return { entries: known, ...(parent && { parent }), seen, seenSince: since, hub, release, now }
}

interface Asked {
  readonly watched: Watched
  /** Of the generation that would be taken over. */
  readonly number: number
}

/**
 * Whether whoever asked for it may, as the directory has them now: nothing is begun on the word of somebody who has lost the role
 * since. What dies of itself needs nobody's word.
 */
async function isMeant(round: Round, ward: Ward, { watched, number }: Asked): Promise<boolean> {
  const words = wordsBehind(watched)
  for (const word of words ?? []) if (await counts(round, ward, { word, number })) return true
  return words === undefined
}

/** Whoever is refused is told so. */
async function counts(
  { weigher, ledger, orchestrations, now, context }: Round,
  { onboarding, plan, carried }: Ward,
  { word, number }: { readonly word: Word; readonly number: number }
): Promise<boolean> {
  const chain = word.inParent ? onboardingChain(onboarding) : carried.chain
  const author = !word.inParent && !word.isJudged && { by: { chain, generation: number } }
  const weight = await weigher.weigh({ onboarding, plan, chain, answer: word.id, now, ...author })
  if (weight === 'unread') context.warn(`Who asked for a takeover of ${carried.chain} could not be looked up yet.`)
  const said = entriesOfKind(await ledger.known(chain), 'answer').find((each) => each.said.id === word.id)
  if (weight === 'refused' && author && said) await mailLater(orchestrations, onboarding, said.moment)
  return weight === 'counts'
}

interface Death {
  readonly seen: Sighting
  /** Of the generation that died. */
  readonly number: number
  readonly why: Extract<Decision, { do: 'take-over' }>['why']
}

/** The entry first: who comes second with its number does nothing. What lives yet is ended before the new one begins. */
async function takeOver(round: Round, ward: Ward, { seen, number, why }: Death): Promise<void> {
  const { orchestrations, ledger } = round
  const { carried } = ward
  const before = async () => {
    if (seen.state === 'live') await orchestrations.terminate(carried.at(number).id, `taken over: ${why}`)
  }
  if (!(await carryOn(round, carried, { number: number + 1, why, before }))) return
  const entry = entriesOfKind(await ledger.entries(carried.chain), 'generation').at(-1)
  if (entry) await tellTakeover(round, ward, entry)
}
