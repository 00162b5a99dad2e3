import { afterEach, expect } from 'vitest'
import type { AnsweredListener } from '../../local/azure/core/answer.ts'
import { facts } from './facts.ts'
import { faultsOf } from './fits-facts.ts'

let expected: string[] = []

/** For a test that asks on purpose for what Azure's definitions do not have: a part of the fault. */
export function expectContractFault(part: string): void {
  expected.push(part)
}

/**
 * Holds every answer that a simulated Azure gives against Azure's definitions, while any test runs that uses it: one
 * that asks for an unknown path or api-version fails, and one that is answered as Azure never would.
 * Call it where a test file is collected, and hand the listener to the simulation.
 */
export function watchContract(): AnsweredListener {
  let faults: string[] = []
  afterEach(() => {
    const [met, wanted] = [faults, expected]
    faults = []
    expected = []
    const unexpected = met.filter((fault) => !wanted.some((part) => fault.includes(part)))
    expect(unexpected, 'what the simulated Azure answered').toEqual([])
    expect(
      wanted.filter((part) => !met.some((fault) => fault.includes(part))),
      'faults a test expected'
    ).toEqual([])
  })
  return (exchange) => {
    // What a test says in Azure's place is what no definition has.
    if (!exchange.faulted) faults.push(...faultsOf(facts, exchange))
  }
}
