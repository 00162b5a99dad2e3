import type { Host } from './host.ts'
import type { Watch } from './moments.ts'

/** What a host's process may be told by the one that started it: its worker dies now, or as soon as it has a turn to play. */
export interface Order {
  readonly loseWorker: 'now' | 'in a turn'
  /** How the id of the instance begins whose turn it is to be; any, when absent. */
  readonly of?: string
}

/** What it says when that has happened. */
export interface Notice {
  /** The orchestration whose turn it was; empty for none. */
  readonly workerLost: string
}

export interface Fate {
  readonly watch: Watch
  /** From now on orders are carried out on this host. */
  rules(host: Host): void
}

/** Lets the process that started this one have the worker die, where it left a channel for that. */
export function fateByMessage(): Fate {
  let awaited: string | undefined
  let lose: (instance: string) => void = () => undefined
  return {
    watch({ kind, isTurn, instance }) {
      if (awaited === undefined || kind !== 'begins' || isTurn !== true || !instance.startsWith(awaited))
        return undefined
      awaited = undefined
      lose(instance)
      return undefined
    },
    rules(host) {
      lose = (workerLost) => {
        void host.loseWorker()
        process.send?.({ workerLost } satisfies Notice)
      }
      process.on('message', (order) => {
        if (!isOrder(order)) return
        if (order.loseWorker === 'now') lose('')
        else awaited = order.of ?? ''
      })
    }
  }
}

/** Only whoever started this process can say anything. */
const isOrder = (said: unknown): said is Order => typeof said === 'object' && said !== null && 'loseWorker' in said
