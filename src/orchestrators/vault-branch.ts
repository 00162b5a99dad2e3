import { secondsBetween } from '../domain/state/azure-wait.ts'
import type { VaultTask } from '../domain/plan/vault-task.ts'
import type { Cause } from '../domain/terms/causes.ts'
import type { Requirement } from '../domain/terms/evidence.ts'
import type { Question } from './question.ts'
import { note } from './board.ts'
import { keeperOf, now, StepRefused, StoryEnds, whyFailed, type Story } from './durable.ts'
import type { Desk } from './run.ts'
import { askAll } from './people.ts'
import { lookUntil } from './wait-on-azure.ts'

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
export function* heard<T>({ context, task }: Branch, until: string, look: () => Story<T>): Story<T> {
  const what = `the name and the permissions of ${task.vault.vaultName} to spread`
  const most = secondsBetween(now(context), until)
  const { seen } = yield* lookUntil(
    keeperOf(context),
    { what, patience: { first: 60, longest: 300, most } },
    () => attempted(look),
    ({ failed }) => (failed === undefined ? undefined : { said: whyFailed(failed) })
  )
  if ('value' in seen) return seen.value
  throw seen.failed
}

type Attempt<T> = { readonly value: T; readonly failed?: never } | { readonly failed: Error }

function* attempted<T>(look: () => Story<T>): Story<Attempt<T>> {
  try {
    return { value: yield* look() }
  } catch (error) {
    const isFinal = error instanceof StoryEnds || (error instanceof StepRefused && !maySpread(error))
    if (isFinal || !(error instanceof Error)) throw error
    return { failed: error }
  }
}

/** A right that is missing may be one that is not known everywhere yet; a rule, a lock or a network is none. */
const maySpread = ({ kind, refused }: StepRefused): boolean =>
  kind === 'forbidden' && (refused === undefined || spreading.has(refused.cause))

const spreading: ReadonlySet<Cause> = new Set([
  'role-missing',
  'key-role-missing',
  'access-policy-missing',
  'store-role-missing',
  'token-refused'
])
