import { note, noteDone } from './board.ts'
import type { HandOffParts } from '../contracts/activities.ts'
import type { StoredRecord } from '../domain/terms/stored-record.ts'
import { removal, setupRoleNames } from '../domain/checks/setup-role.ts'
import type { EvidenceRef } from '../domain/terms/evidence.ts'
import type { HandOffReceipt } from '../contracts/orchestrations.ts'
import { questionOf } from './people.ts'
import { askChapter } from './ask-chapter.ts'
import { act, actForEach, now, type Story } from './durable.ts'
import type { Run } from './run.ts'
import { answersTo, type Answer } from '../domain/tasks/answers.ts'
import type { Preflight } from './preflight.ts'
import { whyNoOperator } from './staff.ts'
import { tellOperators } from './tell-operators.ts'
import { untilHeld } from './until-held.ts'
import type { GatheredBranches } from '../contracts/vault-set-up.ts'
import { vaultTasks } from './vaults-and-keys.ts'

/** What is left to each slot's people: offline copies of its backups (R45), and taking the set-up role from the app (R34). */
export function* attestations(run: Run, { slotIdentities }: Preflight): Story<Answer[]> {
  const { board, plan } = run
  const answers = yield* askChapter(
    run,
    'attestations',
    plan.slots.flatMap(({ slot, subscriptionId }) => {
      const refuse = (answer: Answer) => whyNoOperator(run, slot, answer)
      const scope = `/subscriptions/${subscriptionId}`
      const names = setupRoleNames({ slot, namePrefix: plan.namePrefix, authorization: plan.authorization })
      const removals = names.map((roleName) => removal(slotIdentities[slot], { roleName, scope }))
      return [
        { ...questionOf(run, { kind: 'attest-offline', slot }, {}), refuse },
        { ...questionOf(run, { kind: 'remove-setup-role', slot }, { removals }), refuse }
      ]
    })
  )
  const attested = answersTo(answers, 'attest-offline')
  noteDone(board, 'Offline copies', `offline copies attested by ${attested.map(({ by }) => by).join(' and ')}`, ['R45'])
  return answers
}

export interface Verification {
  readonly vaults: readonly StoredRecord[]
  readonly evidence: readonly EvidenceRef[]
}

/** Every check again, read back from Azure: nothing is held true because a call once returned 200. */
export function* verification(
  run: Run,
  preflight: Preflight,
  results: GatheredBranches['results']
): Story<Verification> {
  const { context, board, plan, requestId } = run
  note(board, { fact: 'chapter-begun', step: 'verification', waitingOn: 'azure' })
  const about = { code: 'verification', requirement: 'R46', resource: 'all vaults' } as const
  const slots = yield* untilHeld(
    run,
    { ...about, code: 'subscriptions', resource: 'both subscriptions' },
    function* () {
      const looks = yield* actForEach(
        context,
        'look-at-slot',
        plan.slots.map(({ slot, subscriptionId }) => ({
          onboarding: requestId,
          now: now(context),
          slot,
          subscriptionId,
          slotIdentity: preflight.slotIdentities[slot]
        }))
      )
      return { looks, findings: looks.flatMap((each) => each.findings) }
    }
  )
  const seen = yield* untilHeld(run, about, function* () {
    const vaults = yield* actForEach(
      context,
      'verify-vault',
      vaultTasks(run, preflight).map((task) => ({ ...task, earlier: results[task.vault.vaultName] }))
    )
    return { vaults, findings: vaults.flatMap((each) => each.findings) }
  })
  noteDone(board, 'Verified', `${String(seen.vaults.length)} vaults, keys and backups read again, 0 findings`, [
    'R38',
    'R44',
    'R46'
  ])
  return {
    vaults: seen.vaults.flatMap((each) => each.record ?? []),
    evidence: slots.looks.map((each) => each.evidence)
  }
}

/** Writes the hand-off and tells the operators (R46, R47). */
export function* handOver(run: Run, facts: Omit<HandOffParts, 'overrides'>): Story<HandOffReceipt> {
  const { context, board, planRef, requestId } = run
  note(board, { fact: 'chapter-begun', step: 'hand-off', waitingOn: 'azure' })
  const about = { code: 'hand-off', requirement: 'R46', resource: 'the hand-off' } as const
  const written = yield* untilHeld(run, about, function* () {
    const all = { ...facts, overrides: board.state.overrides }
    const receipt = yield* act(context, 'write-hand-off', {
      onboarding: requestId,
      now: now(context),
      plan: planRef,
      facts: all
    })
    return { ...receipt, findings: [] }
  })
  const { proved, attested, shown, open } = written.requirements
  noteDone(
    board,
    'Handed off',
    `${String(proved)} requirements proved by the app, ${String(attested)} attested by people, ${String(shown)} shown, ${String(open)} open`,
    ['R46', 'R47']
  )
  yield* tellOperators(run, { kind: 'done' })
  return { name: written.name, sha256: written.sha256 }
}
