import { note, noteDone } from './board.ts'
import type { Principals } from '../contracts/activities.ts'
import type { GatheredBranches } from '../contracts/vault-set-up.ts'
import { secondsBetween } from '../domain/state/azure-wait.ts'
import type { CopiesOfSlots } from '../domain/backups/offline-copy.ts'
import type { EvidenceRef, Finding } from '../domain/terms/evidence.ts'
import type { StoredRecord } from '../domain/terms/stored-record.ts'
import { actForEach, now, type Story } from './durable.ts'
import { lookBeforeChanging, preflightAbout } from './preflight.ts'
import type { Run } from './run.ts'
import { whoActs } from './tell-operators.ts'
import { isOverridden, tried, untilHeld, type About, type Look } from './until-held.ts'
import { vaultTasks } from './vaults-and-keys.ts'

export interface Verification {
  /** ISO 8601 UTC: when the look began in which everything held, and when it was over. */
  readonly since: string
  readonly until: string
  readonly vaults: readonly StoredRecord[]
  readonly evidence: readonly EvidenceRef[]
}

/** What was gathered before: results of the branches, and when the offline copy of each slot was attested. */
export interface Gathered {
  readonly results: GatheredBranches['results']
  readonly copies: CopiesOfSlots
}

const about = {
  code: 'verification',
  requirement: 'R46',
  resource: 'all vaults',
  several: true,
  settled: true
} as const

/**
 * Every check again, read back from Azure: nothing is held true because a call once returned 200, nor because it was so before
 * Microsoft answered. What is handed off was seen in one look: after a finding all of it is read once more.
 */
export function* verification(run: Run, gathered: Gathered): Story<Verification> {
  const { board } = run
  note(board, { fact: 'chapter-begun', step: 'verification', waitingOn: 'azure' })
  const { verified } = yield* untilHeld(run, about, () => lookInOne(run, gathered))
  if (!verified) throw new Error('Verification ended before it had read all vaults. Report it: nothing was handed off.')
  const count = String(verified.vaults.length)
  noteDone(
    board,
    'Verified',
    `tenant, people, subscriptions, ${count} vaults, keys and backups read again, 0 findings`,
    ['R2', 'R3', 'R12', 'R38', 'R44', 'R46']
  )
  return verified
}

/** Seconds: what is read over a longer time, e.g. over a halt, was not seen together. */
const oneLook = 3600

/** A few tries: where Azure is that slow, each row says the moment of its own records. */
function* lookInOne(run: Run, gathered: Gathered): Story<LookedAgain> {
  for (let tries = 3; ; tries--) {
    const seen = yield* lookAgain(run, gathered)
    const { verified } = seen
    if (tries === 1 || !verified || secondsBetween(verified.since, verified.until) <= oneLook) return seen
  }
}

/** Seconds: what was seen longer ago is not what is handed off. */
const freshFor = 900

/** The same look where nothing has come between it and now, or another one. */
export function* stillVerified(run: Run, gathered: Gathered, seen: Verification): Story<LookedAgain> {
  if (secondsBetween(seen.until, now(run.context)) <= freshFor) return { findings: [], verified: seen }
  const again = yield* lookInOne(run, gathered)
  const { verified: _, ...open } = again
  return stands(run, again) ? open : again
}

/** `verified` once nothing stands open; what is looked at last is looked at only then. */
interface LookedAgain extends Look {
  readonly verified?: Verification
}

function* lookAgain(run: Run, gathered: Gathered): Story<LookedAgain> {
  const { planRef, plan } = run
  const since = now(run.context)
  const by = { plan: planRef, step: 'verification', ...whoActs(run) } as const
  const before = yield* tried(() => lookBeforeChanging({ ...run, by }), { ...preflightAbout(plan), settled: true })
  if (stands(run, before) || !before.value) return before
  const { tenant, subscriptions } = before.value
  const slots = yield* tried(() => lookAtSlots(run, tenant), slotsAbout)
  const soFar = [...before.findings, ...slots.findings]
  if (stands(run, slots) || !slots.value) return { findings: soFar }
  const vaults = yield* tried(() => lookAtVaults(run, tenant, gathered), about)
  const findings = [...soFar, ...vaults.findings]
  if (!vaults.value) return { findings }
  const looks = [tenant, ...subscriptions, ...slots.value.looks]
  return {
    findings,
    verified: {
      since,
      until: now(run.context),
      vaults: vaults.value.records,
      evidence: looks.map(({ evidence }) => evidence)
    }
  }
}

const stands = (run: Run, { findings }: Look): boolean => findings.some((finding) => !isOverridden(run, finding))

const slotsAbout: About = { ...about, code: 'subscriptions', requirement: 'R26', resource: 'both subscriptions' }

/** Still registered, and this app able to change nothing in them any more. */
function* lookAtSlots({ context, plan, requestId }: Run, { slotIdentities }: Principals) {
  const looks = yield* actForEach(
    context,
    'look-at-slot',
    plan.slots.map(({ slot, subscriptionId }) => ({
      onboarding: requestId,
      now: now(context),
      slot,
      subscriptionId,
      slotIdentity: slotIdentities[slot]
    }))
  )
  return { looks, findings: findingsOf(looks) }
}

function* lookAtVaults(run: Run, principals: Principals, { results, copies }: Gathered) {
  const tasks = vaultTasks(run, principals)
  const looks = yield* actForEach(
    run.context,
    'verify-vault',
    tasks.map((task) => ({
      ...task,
      earlier: results[task.vault.vaultName],
      copiedAt: copies[task.vault.slot]
    }))
  )
  return { records: looks.flatMap(({ record }) => record ?? []), findings: findingsOf(looks) }
}

const findingsOf = (looks: readonly { readonly findings: readonly Finding[] }[]): Finding[] =>
  looks.flatMap(({ findings }) => findings)
