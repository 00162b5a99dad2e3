import type { Mortal } from '../../contracts/letters.ts'
import type { Orchestration } from '../../contracts/orchestration.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import type { Orchestrations } from '../durable-client.ts'

type Engine = Pick<Orchestrations, 'all' | 'start'>

/**
 * What sends mails dies as any instance does when its worker dies while it works (docs: what the real engine does). It is started
 * anew: what was sent is known by the records, and a letter whose instances die again and again is given up by itself.
 */
export async function reviveMails(engine: Engine): Promise<void> {
  await reviveAll(engine, orchestrators.letter)
  await reviveAll(engine, orchestrators.minuteMails)
}

/** Beyond this there is no more to be told: a letter has said by then that it was given up. */
const mostDeaths = 6

async function reviveAll<Input extends Mortal, Output>(
  engine: Engine,
  of: Pick<Orchestration<Input, Output, null, never>, 'name' | 'prefix' | 'at'>
): Promise<void> {
  for (const { id, state, input } of await engine.all(of, '')) {
    const { deaths = 0 } = input
    if (state === 'failed' && deaths < mostDeaths)
      await engine.start<Input>({ name: of.name, id }, { ...input, deaths: deaths + 1 })
  }
}
