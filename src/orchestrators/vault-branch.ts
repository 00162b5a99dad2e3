import type { VaultTask } from '../domain/plan/vault-task.ts'
import type { Requirement } from '../domain/terms/evidence.ts'
import type { Question } from './question.ts'
import { note } from './board.ts'
import { later, now, StepRefused, StoryEnds, type Story } from './durable.ts'
import type { Desk } from './run.ts'
import { askAll, waitFor } from './people.ts'

/** What all steps of one vault share. */
export interface Branch extends Desk {
  readonly task: VaultTask
}

export const told = ({ context, task }: Branch): VaultTask => ({ ...task, now: now(context) })

export const about = ({ task }: Branch, step: string, requirement: Requirement) => ({
  code: `${step}-${task.vault.vaultName.toLowerCase()}`,
  requirement,
  resource: task.vault.vaultName
})

/** Asks an operator of the vault's slot to do something, and waits until somebody says that it is done. */
export function* askOperator(branch: Branch, question: Question): Story<void> {
  const { board } = branch
  note(board, { fact: 'waiting', on: 'people' })
  yield* askAll(branch, [question])
  note(board, { fact: 'waiting', on: 'azure' })
}

/** A new vault's name and its permissions take Azure minutes to spread; until then a failure says nothing. */
export function* heard<T>(branch: Branch, until: Date, look: () => Story<T>): Story<T> {
  const { context } = branch
  for (;;) {
    try {
      return yield* look()
    } catch (error) {
      const isFinal = error instanceof StoryEnds || (error instanceof StepRefused && error.kind !== 'forbidden')
      if (isFinal || now(context) >= until.toISOString()) throw error
      yield* waitFor(branch, [], later(context, 60))
    }
  }
}
