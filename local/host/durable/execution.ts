import type { Instance } from '../store/rows.ts'
import type { OrchestratorState } from './actions.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { HistoryEvent } from './events.ts'
import { Replay, type ReplayResult } from './replay.ts'
import type { IsKnown } from './story.ts'
import { ToldHistory } from './told-history.ts'

/** A running orchestration as the host keeps it in memory between turns: what its rows on disk say, and no more. */
export class Execution {
  instance: Instance
  readonly history: HistoryEvent[]
  readonly #forgottenTimers = new Set<number>()
  readonly #told = new ToldHistory()
  #replay: Replay | undefined

  constructor(instance: Instance, history: HistoryEvent[]) {
    this.instance = instance
    this.history = history
  }

  /** History and the events of this turn, for `durable-functions`. */
  toldWith(recent: readonly HistoryEvent[]): object[] {
    return this.#told.of(this.history, recent)
  }

  /** What follows from the orchestrator's word after `recent`, the events of this turn. */
  replay(state: OrchestratorState, recent: readonly HistoryEvent[], isKnown: IsKnown): ReplayResult {
    const actions = state.actions.length === 1 ? (state.actions[0] ?? []) : state.actions.flat()
    if (this.#replay?.goesOnWith(actions)) return this.#newsOf(this.#replay.play(recent, actions, state))
    const { id, parent, execution } = this.instance
    this.#replay = new Replay({ instanceId: id, parentInstanceId: parent?.id, executionId: execution, isKnown })
    return this.#newsOf(this.#replay.play([...this.history, ...recent], actions, state))
  }

  /** The turn is on disk. */
  goOn({ instance, events }: Checkpoint): void {
    this.instance = instance
    for (const event of events) this.history.push(event)
  }

  /** A replay from the start tells of every timer that was ever given up. */
  #newsOf(replayed: ReplayResult): ReplayResult {
    const cancelledTimers = replayed.cancelledTimers.filter((timer) => !this.#forgottenTimers.has(timer))
    for (const timer of cancelledTimers) this.#forgottenTimers.add(timer)
    return { ...replayed, cancelledTimers }
  }
}
