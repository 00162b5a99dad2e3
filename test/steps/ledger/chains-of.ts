import { randomUUID } from 'node:crypto'
import { connectAzure, type Azure } from '../../../src/azure/connect.ts'
import type { Activities, StepActivityName } from '../../../src/contracts/activities.ts'
import type { Ledger, NewAnswer } from '../../../src/contracts/ledger.ts'
import { onboardingChain, type Author } from '../../../src/domain/ledger/chains.ts'
import type { Outcome } from '../../../src/domain/terms/outcome.ts'
import { activities } from '../../../src/activities/activities.ts'
import { createLedger } from '../../../src/steps/ledger/ledger.ts'
import { createTally } from '../../../src/domain/backups/tally.ts'
import type { Simulation } from '../../azure/simulation.ts'

export const now = '2026-11-02T17:00:00.000Z'
export const person = { oid: randomUUID(), tid: randomUUID() }

/** One process of the app: its ledger, and its activities as the host calls them. */
export function processOf({ config }: Simulation): AppProcess {
  const azure = connectAzure(config)
  const ledger = createLedger(azure)
  const handlers = activities(
    { azure, config, ledger },
    createTally(() => undefined)
  )
  return {
    azure,
    ledger,
    call: (functionName, input) =>
      handlers[functionName](input, { functionName, info: () => undefined, warn: () => undefined })
  }
}

export interface AppProcess {
  readonly azure: Azure
  readonly ledger: Ledger
  call<N extends StepActivityName>(name: N, input: Activities[N]['input']): Promise<Outcome<Activities[N]['output']>>
}

/** What an activity gave that was done. */
export async function doneBy<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const settled = await outcome
  if ('done' in settled) return settled.done
  throw new Error(`It was not done: ${JSON.stringify(settled)}`)
}

export const authorOf = (onboarding: string, generation = 1): Author => ({
  chain: onboardingChain(onboarding),
  generation
})

export const generationOf = (number: number) => ({
  number,
  instance: `i${String(number)}`,
  release: '1',
  hub: 'hub',
  mark: 'mark',
  why: number === 1 ? 'start' : 'failed'
})

export const saying = (onboarding: string, task: string, answer: unknown, by = 'alice@contoso.com'): NewAnswer => ({
  onboarding,
  task,
  person,
  by,
  answer
})
