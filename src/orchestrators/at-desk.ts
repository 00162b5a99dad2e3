import { findingOf } from '../domain/checks/checks.ts'
import { stalledCheck, type WaitedFor } from '../domain/checks/stalled.ts'
import type { NotYet } from '../contracts/activities.ts'
import { aMinute, anHour } from '../domain/state/azure-wait.ts'
import type { Finding } from '../domain/terms/evidence.ts'
import { note } from './board.ts'
import { keeperOf, keepWaits, now, type Story } from './durable.ts'
import { waitFor } from './people.ts'
import type { Desk } from './run.ts'
import type { About } from './until-held.ts'
import { lookUntil } from './wait-on-azure.ts'

/** Whatever this orchestration waits for at Azure is shown, and people are heard meanwhile. */
export function waitAtDesk(desk: Desk): void {
  const { board, context } = desk
  keepWaits(context, {
    now: () => now(context),
    *keep(wait) {
      note(board, { fact: 'azure-awaited', wait })
      yield* waitFor(desk, [], new Date(wait.nextLook))
    },
    over: () => note(board, { fact: 'azure-awaited' })
  })
}

/** Looks until Azure shows what was written. What it does not show in a minute is not there. */
export function* untilShown<T extends NotYet>(
  { context }: Pick<Desk, 'context'>,
  resource: string,
  look: () => Story<T>
): Story<T> {
  const awaited = { what: `Azure to show what was written to ${resource}`, patience: aMinute }
  const { seen } = yield* lookUntil(keeperOf(context), awaited, look, ({ notYet }) =>
    notYet === undefined ? undefined : { said: notYet }
  )
  return seen
}

/** `notYet`: Azure's words, while there is not yet what is waited for. */
interface Readiness {
  readonly findings: readonly Finding[]
  readonly notYet?: string | undefined
}

/** Looks until Azure has ended what it was asked for. What it does not end in an hour is a finding. */
export function* untilReady<T extends Readiness>(
  { context }: Pick<Desk, 'context'>,
  { code: suffix, requirement, resource, ...expected }: About & WaitedFor,
  look: () => Story<T>
): Story<T> {
  const awaited = { what: expected.what, patience: anHour }
  const { seen, stalled } = yield* lookUntil(keeperOf(context), awaited, look, ({ notYet }) =>
    notYet === undefined ? undefined : { said: notYet }
  )
  if (!stalled) return seen
  const finding = findingOf(stalledCheck, { observed: stalled, expected }, { resource, suffix })
  return { ...seen, findings: [...seen.findings, { ...finding, requirement }] }
}
