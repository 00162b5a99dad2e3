import type { HandOffParts, StoredRecord } from '../domain/activity-contracts.ts'
import type { OnboardingOutcome } from '../domain/onboarding.ts'
import { taskNames } from '../domain/tasks.ts'
import { act, actForEach, now, setStatus, type Story } from './durable.ts'
import type { Run } from './onboarding.ts'
import { askAll, type Answered } from './people.ts'
import type { Preflight } from './preflight.ts'
import { tellOperators } from './tell-operators.ts'
import { untilHeld } from './until-held.ts'
import { vaultTasks, type VaultEvidence } from './vaults-and-keys.ts'

/** The offline copy of each slot's backups belongs to that slot's people (R45). */
export function* attestations({ context, board, plan }: Run): Story<Answered[]> {
  board.update({ step: 'attestations', waitingOn: 'people' })
  const answers = yield* askAll(context, board, plan.slots.map(({ slot, operators }) => ({
    name: taskNames.attestOffline(slot),
    for: operators.join(', '),
    asks: `Store offline copies of slot ${String(slot)}'s key backups and say where they are kept.`,
    refuse: (answer: Answered) =>
      operators.includes(answer.by) ? undefined : `${answer.by} is no operator of slot ${String(slot)}.`
  })))
  board.done('Offline copies', `offline copies attested by ${answers.map((answer) => answer.by).join(' and ')}`, ['R45'])
  return answers
}

/** Every check again, read back from Azure: nothing is held true because a call once returned 200. */
export function* verification(run: Run, preflight: Preflight, evidence: VaultEvidence): Story<StoredRecord[]> {
  const { context, board } = run
  board.update({ step: 'verification', waitingOn: 'azure' })
  const about = { code: 'verification', requirement: 'R46', resource: 'all vaults' } as const
  const seen = yield* untilHeld(context, board, about, function* () {
    const vaults = yield* actForEach(context, 'verify-vault', vaultTasks(run, preflight).map((task) =>
      ({ ...task, earlier: evidence.get(task.vault.vaultName) ?? [] })))
    return { vaults, findings: vaults.flatMap((each) => each.findings) }
  })
  board.done('Verified', `${String(seen.vaults.length)} vaults, keys and backups read again, 0 findings`, ['R38', 'R44', 'R46'])
  return seen.vaults.flatMap((each) => each.record ?? [])
}

/** Writes the hand-off and tells the operators (R46, R47). */
export function* handOver(run: Run, facts: Omit<HandOffParts, 'overrides'>): Story<OnboardingOutcome> {
  const { context, board, request, requestId } = run
  board.update({ step: 'hand-off', waitingOn: 'azure' })
  const about = { code: 'hand-off', requirement: 'R46', resource: 'the hand-off' } as const
  const written = yield* untilHeld(context, board, about, function* () {
    const all = { ...facts, overrides: board.overrides }
    const receipt = yield* act(context, 'write-hand-off', { onboarding: requestId, now: now(context), request, facts: all })
    return { ...receipt, findings: [] }
  })
  const { proved, attested, shown, open } = written.requirements
  board.done(
    'Handed off',
    `${String(proved)} requirements proved by the app, ${String(attested)} attested by people, ${String(shown)} shown, ${String(open)} open`,
    ['R46', 'R47']
  )
  yield* tellOperators(run, { kind: 'done' })
  const handOff = { name: written.name, sha256: written.sha256 }
  setStatus(context, { ...board.status(), step: 'done', waitingOn: 'nobody', outcome: 'completed', handOff })
  return { outcome: 'completed', handOff }
}
