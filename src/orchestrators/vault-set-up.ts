import { contributorAsked, isContributorFinding } from '../domain/checks/contributor.ts'
import type { EvidenceRef } from '../domain/terms/evidence.ts'
import { planNow } from '../domain/plan/replacements.ts'
import { taskNames } from '../domain/tasks/tasks.ts'
import { orchestrators } from '../contracts/orchestrations.ts'
import type { VaultSetUpOutcome } from '../contracts/vault-set-up.ts'
import { createBoard } from './board.ts'
import { act, input, later, setStatus, sleepUntil, type Context, type Story } from './durable.ts'
import { Cancelled } from './people.ts'
import { noChanges, operatorsBeside } from './replacements.ts'
import { untilHeld } from './until-held.ts'
import { about, askOperator, told, type Branch } from './vault-branch.ts'
import { keyMade } from './vault-key.ts'

/** One vault and its key, from nothing to backed up (R27–R45). A finding pauses this branch alone. */
export function* vaultSetUp(context: Context): Story<VaultSetUpOutcome> {
  const { task, slots } = input(context, orchestrators.vaultSetUp)
  const board = createBoard(context, {
    step: 'vaults-and-keys',
    waitingOn: 'azure',
    tasks: [],
    findings: [],
    steps: []
  })
  const changes = noChanges()
  board.beside = operatorsBeside({
    context,
    board,
    changes,
    requestId: task.onboarding,
    get plan() {
      return planNow({ slots }, board.status().replaced ?? [])
    }
  })
  try {
    const branch = { context, board, task }
    yield* vaultMade(branch)
    const permissions = yield* permissionsGranted(branch)
    const key = yield* keyMade(branch)
    const backup = yield* backedUp(branch)
    setStatus(context, { ...board.status(), waitingOn: 'nobody', outcome: 'completed' })
    const evidence = [permissions, key, backup]
    const { answers = [] } = board.status()
    const left = changes.operators.length === 0 ? {} : { changes: changes.operators }
    return {
      outcome: 'completed',
      vaultName: task.vault.vaultName,
      evidence,
      overrides: board.overrides,
      answers,
      ...left
    }
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    setStatus(context, { ...board.status(), waitingOn: 'nobody', outcome: 'cancelled', tasks: [], findings: [] })
    return { outcome: 'cancelled', cancelled: error.answered }
  }
}

/** A new vault takes Azure a while; each look is one short activity, the waiting is durable. */
function* vaultMade(branch: Branch): Story<void> {
  const { context, board } = branch
  for (;;) {
    const made = yield* untilHeld(context, board, about(branch, 'make-vault', 'R27'), () =>
      act(context, 'make-vault', told(branch))
    )
    if (made.ready) return
    yield* sleepUntil(context, later(context, 30))
  }
}

/** Where nobody but the app may change the vault's permissions, people are asked once to see to it (R35). */
function* permissionsGranted(branch: Branch): Story<EvidenceRef> {
  const { context, board, task } = branch
  let asked = false
  const seen = yield* untilHeld(context, board, about(branch, 'grant-permissions', 'R33'), function* () {
    for (;;) {
      const look = yield* act(context, 'grant-permissions', told(branch))
      if (asked || look.findings.length !== 1 || !look.findings.every(isContributorFinding)) return look
      asked = true
      yield* askOperator(branch, taskNames.assignContributor(task.vault.vaultName), contributorAsked(task))
    }
  })
  return seen.evidence
}

function* backedUp(branch: Branch): Story<EvidenceRef> {
  const { context, board } = branch
  const seen = yield* untilHeld(context, board, about(branch, 'back-up-key', 'R45'), () =>
    act(context, 'back-up-key', told(branch))
  )
  return seen.evidence
}
