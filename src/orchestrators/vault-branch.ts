import type { VaultTask } from '../domain/plan/vault-task.ts'
import type { Requirement } from '../domain/terms/evidence.ts'
import type { Board } from './board.ts'
import { later, now, StepRefused, type Context, type Story } from './durable.ts'
import { askAll, Cancelled, waitFor } from './people.ts'

/** What all steps of one vault share. */
export interface Branch {
  readonly context: Context
  readonly board: Board
  readonly task: VaultTask
}

export const told = ({ context, task }: Branch): VaultTask => ({ ...task, now: now(context) })

export const about = ({ task }: Branch, step: string, requirement: Requirement) => ({
  code: `${step}-${task.vault.vaultName.toLowerCase()}`,
  requirement,
  resource: task.vault.vaultName
})

/** Asks an operator of the vault's slot to do something, and waits until somebody says that it is done. */
export function* askOperator({ context, board, task }: Branch, name: string, asks: string): Story<void> {
  board.update({ waitingOn: 'people' })
  yield* askAll(context, board, [{ name, for: `an operator of slot ${String(task.vault.slot)}`, asks }])
  board.update({ waitingOn: 'azure' })
}

/** A new vault's name and its permissions take Azure minutes to spread; until then a failure says nothing. */
export function* heard<T>({ context, board }: Branch, until: Date, look: () => Story<T>): Story<T> {
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
