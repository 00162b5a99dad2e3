import type { VaultTask } from '../domain/activity-contracts.ts'
import type { EvidenceRef, Requirement } from '../domain/evidence.ts'
import { importAsked, notImported } from '../domain/key-import.ts'
import { taskNames } from '../domain/tasks.ts'
import type { VaultSetUpInput, VaultSetUpOutcome } from '../domain/vault-set-up.ts'
import { createBoard, type Board } from './board.ts'
import { act, input, later, now, setStatus, sleepUntil, StepRefused, type Context, type Story } from './durable.ts'
import { askAll, Cancelled, waitFor } from './people.ts'
import { untilHeld } from './until-held.ts'

interface Branch {
  readonly context: Context
  readonly board: Board
  readonly task: VaultTask
}

/** One vault and its key, from nothing to backed up (R27–R45). A finding pauses this branch alone. */
export function* vaultSetUp(context: Context): Story<VaultSetUpOutcome> {
  const { task } = input<VaultSetUpInput>(context)
  const board = createBoard(context, { step: 'vaults-and-keys', waitingOn: 'azure', tasks: [], findings: [], steps: [] })
  try {
    const branch = { context, board, task }
    yield* vaultMade(branch)
    const permissions = yield* checkedStep(branch, 'grant-permissions', 'R33')
    const key = yield* keyMade(branch)
    const backup = yield* checkedStep(branch, 'back-up-key', 'R45')
    setStatus(context, { ...board.status(), waitingOn: 'nobody', outcome: 'completed' })
    const evidence = [permissions, key, backup]
    const { answers = [] } = board.status()
    return { outcome: 'completed', vaultName: task.vault.vaultName, evidence, overrides: board.overrides, answers }
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
      act(context, 'make-vault', told(branch)))
    if (made.ready) return
    yield* sleepUntil(context, later(context, 30))
  }
}

const hour = 3600

/** Where people import the key: asks one of the slot until it is there. Whether it came in this run. */
function* keyImported(branch: Branch): Story<boolean> {
  const { context, board, task } = branch
  if (task.keys !== 'imported') return false
  const heardBy = later(context, 20 * 60)
  for (let asked = false; ; asked = true) {
    const { there } = yield* untilHeld(context, board, about(branch, 'find-key', 'R40'), () =>
      heard(branch, heardBy, () => act(context, 'find-key', told(branch))))
    if (there) return asked
    board.update({ waitingOn: 'people' })
    yield* askAll(context, board, [{
      name: taskNames.importKey(task.vault.vaultName),
      for: `an operator of slot ${String(task.vault.slot)}`,
      asks: asked ? `${notImported(task)} ${importAsked(task)}` : importAsked(task)
    }])
    board.update({ waitingOn: 'azure' })
  }
}

/** The registration reaches a key's recovery level some time later: that is a finding after a day only (R44). */
function* keyMade(branch: Branch): Story<EvidenceRef> {
  const { context, board } = branch
  const imported = yield* keyImported(branch)
  const lastLook = later(context, 24 * hour)
  const heardBy = later(context, 20 * 60)
  const seen = yield* untilHeld(context, board, about(branch, 'make-key', 'R40'), function* (mend) {
    for (let pause = 300; ; pause = Math.min(2 * pause, 6 * hour)) {
      const look = yield* heard(branch, heardBy, () => act(context, 'make-key', { ...told(branch), mayMend: imported || mend }))
      if (!look.propagating || now(context) >= lastLook.toISOString()) return look
      const next = later(context, pause)
      yield* waitFor(context, board, [], next < lastLook ? next : lastLook)
    }
  })
  return seen.evidence
}

/** A new vault's name and its permissions take Azure minutes to spread; until then a failure says nothing. */
function* heard<T>({ context, board }: Branch, until: Date, look: () => Story<T>): Story<T> {
  for (;;) {
    try {
      return yield* look()
    } catch (error) {
      const isFinal = error instanceof Cancelled || (error instanceof StepRefused && error.kind !== 'forbidden')
      if (isFinal || now(context) >= until.toISOString()) throw error
      yield* waitFor(context, board, [], later(context, 60))
    }
  }
}

type CheckedStep = 'grant-permissions' | 'back-up-key'

function* checkedStep(branch: Branch, step: CheckedStep, requirement: Requirement): Story<EvidenceRef> {
  const { context, board } = branch
  const seen = yield* untilHeld(context, board, about(branch, step, requirement), () => act(context, step, told(branch)))
  return seen.evidence
}

const told = ({ context, task }: Branch): VaultTask => ({ ...task, now: now(context) })

const about = ({ task }: Branch, step: string, requirement: Requirement) => ({
  code: `${step}-${task.vault.vaultName.toLowerCase()}`,
  requirement,
  resource: task.vault.vaultName
})
