import { atLedger } from './at-ledger.ts'
import { contributorAssignment, isContributorFinding } from '../domain/checks/contributor.ts'
import { vaultReady } from '../domain/checks/stalled.ts'
import type { EvidenceRef, Override } from '../domain/terms/evidence.ts'
import { beginning } from '../domain/state/state.ts'
import { orchestrators } from '../contracts/orchestrations.ts'
import type { VaultSetUpInput, VaultSetUpOutcome, VaultSetUpResult } from '../contracts/vault-set-up.ts'
import { branchChain } from '../domain/ledger/chains.ts'
import { untilReady, untilShown, waitAtDesk } from './at-desk.ts'
import { begin } from './begin.ts'
import { createBoard, note } from './board.ts'
import { Cancelled } from './cancelled.ts'
import { act, input, keeperOf, now, Superseded, type Context, type Story } from './durable.ts'
import { hear, questionOf, waitForWord } from './people.ts'
import type { Question } from './question.ts'
import { untouched } from './run.ts'
import { vaultIdOf } from '../domain/terms/vault-id.ts'
import { wakeOnboarding } from './wake.ts'
import { untilHeld } from './until-held.ts'
import { lookUntil } from './wait-on-azure.ts'
import { about, askOperator, told, type Branch } from './vault-branch.ts'
import { keyMade } from './vault-key.ts'

/** One vault and its key, from nothing to backed up (R27–R45). A finding pauses this branch alone. */
export function* vaultSetUp(context: Context): Story<VaultSetUpOutcome> {
  const branch = branchOf(context, input(context, orchestrators.vaultSetUp))
  waitAtDesk(branch)
  try {
    yield* begin(branch, heldBack)
    return yield* closed(branch, 'completed', yield* story(branch))
  } catch (error) {
    if (error instanceof Superseded) return { outcome: 'superseded' }
    if (error instanceof Cancelled) return yield* closed(branch, 'cancelled')
    throw error
  }
}

function branchOf(context: Context, { task, slots, generation }: VaultSetUpInput): Branch {
  const planned = { slots, policies: [{ vaults: [task.vault] }] }
  return {
    context,
    board: createBoard(context, beginning('vaults-and-keys')),
    requestId: task.onboarding,
    author: { chain: branchChain(task.onboarding, { policy: task.policy, slot: task.vault.slot }), generation },
    planRef: task.plan,
    planned,
    plan: planned,
    ...untouched(),
    task
  }
}

/** The onboarding hears of an end or a halt: this one waits until nothing stands, or ends with it. */
function* heldBack(branch: Branch): Story<void> {
  yield* hear(branch)
  yield* waitForWord(branch, [])
}

function* story(branch: Branch): Story<VaultSetUpResult> {
  yield* vaultMade(branch)
  const permissions = yield* permissionsGranted(branch)
  const key = yield* keyMade(branch)
  const backup = yield* backedUp(branch)
  const { answers, overrides } = branch.board.state
  return { vaultName: branch.task.vault.vaultName, evidence: [permissions, key, backup], overrides, answers }
}

function* closed(
  branch: Branch,
  outcome: 'completed' | 'cancelled',
  result?: VaultSetUpResult
): Story<VaultSetUpOutcome> {
  const { board, context, requestId } = branch
  yield* atLedger(branch, 'close', { onboarding: requestId, now: now(context), outcome, ...(result && { result }) })
  note(board, { fact: 'ended', outcome })
  yield* wakeOnboarding(branch)
  return { outcome }
}

/** A new vault takes Azure a while; each look is one short activity, the waiting is durable. */
function* vaultMade(branch: Branch): Story<void> {
  const { context } = branch
  const making = about(branch, 'make-vault', 'R27')
  yield* untilHeld(branch, making, () => {
    const since = now(context)
    let asked: { askedAt?: string } = {}
    return untilReady(branch, { ...making, ...vaultReady(making.resource) }, function* () {
      const { askedAt, ...look } = yield* act(context, 'make-vault', { ...told(branch), since, ...asked })
      if (askedAt !== undefined) asked = { askedAt }
      return look
    })
  })
}

/** Where nobody but the app may change the vault's permissions, people are asked once to see to it (R35). */
function* permissionsGranted(branch: Branch): Story<EvidenceRef> {
  const { context } = branch
  let asked = false
  const seen = yield* untilHeld(branch, about(branch, 'grant-permissions', 'R33'), function* () {
    for (;;) {
      const look = yield* untilShown(branch, branch.task.vault.vaultName, () =>
        act(context, 'grant-permissions', told(branch))
      )
      if (asked || look.findings.length !== 1 || !look.findings.every(isContributorFinding)) return look
      asked = true
      yield* askOperator(branch, contributorQuestion(branch))
    }
  })
  return seen.evidence
}

function contributorQuestion(branch: Branch): Question {
  const { vault, authorization } = branch.task
  const { vaultName } = vault
  const command = contributorAssignment(vaultIdOf(vault), authorization)
  return questionOf(branch, { kind: 'assign-contributor', vault: vaultName.toLowerCase() }, { vaultName, command })
}

/** The backup first. Event Grid may take its time; what it refuses, or does not end, a person may go on without. */
function* backedUp(branch: Branch): Story<EvidenceRef> {
  const { context, task } = branch
  const awaited = {
    what: `Event Grid to bring the events of ${task.vault.vaultName}`,
    patience: { first: 30, longest: 300, most: 900 }
  }
  const seen = yield* untilHeld(branch, about(branch, 'back-up-key', 'R45'), function* () {
    const looked = yield* lookUntil(
      keeperOf(context),
      awaited,
      () => act(context, 'back-up-key', told(branch)),
      ({ notYet }) =>
        notYet === undefined || branch.board.state.overrides.some(isOfEvents) ? undefined : { said: notYet }
    )
    return looked.seen // what still does not hold is its finding
  })
  return seen.evidence
}

/** Who has overridden a finding of events does not wait for them. */
const isOfEvents = ({ code }: Override): boolean => code.startsWith('events-')
